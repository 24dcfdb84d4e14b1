# What an orchestrator needs to start the job, wait for it and hear of its failure.
output "job" {
  description = "Start parameters, the rights to start, the time limit and the event of a failure."
  value = {
    sync_resource = "arn:aws:states:::ecs:runTask.sync"
    sdk_target    = "arn:aws:scheduler:::aws-sdk:ecs:runTask"
    parameters = jsonencode({
      Cluster        = var.cluster_arn
      TaskDefinition = aws_ecs_task_definition.this.arn
      LaunchType     = "FARGATE"
      PropagateTags  = "TASK_DEFINITION"
      NetworkConfiguration = {
        AwsvpcConfiguration = {
          Subnets        = var.subnet_ids
          SecurityGroups = [var.security_group_id]
          AssignPublicIp = var.assign_public_ip ? "ENABLED" : "DISABLED"
        }
      }
    })
    unique_name  = null
    start_policy = data.aws_iam_policy_document.start.json
    failure_event = jsonencode({
      source        = ["aws.ecs"]
      "detail-type" = ["ECS Task State Change"]
      detail = {
        group      = ["family:${aws_ecs_task_definition.this.family}"]
        lastStatus = ["STOPPED"]
        "$or" = [
          { containers = { exitCode = [{ "anything-but" = 0 }] } },
          { stopCode = ["TaskFailedToStart"] },
        ]
      }
    })
    timeout_seconds = local.timeout_seconds
  }
}

output "log_group" {
  description = "Where its containers log."
  value       = aws_cloudwatch_log_group.this.name
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.task.arn
}
