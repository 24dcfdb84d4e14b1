locals {
  # The name of a SageMaker job must be new each time; the state machine makes one.
  unique_parameters = {
    for pipeline, spec in var.pipelines : pipeline => [
      for step in spec.steps : step.job.unique_name == null ? {} : {
        "${step.job.unique_name.parameter}.$" = "States.Format('${step.job.unique_name.prefix}-{}', States.UUID())"
      }
    ]
  }

  states = {
    for pipeline, spec in var.pipelines : pipeline => {
      for index, step in spec.steps : step.name => merge(
        {
          Type           = "Task"
          Resource       = step.job.sync_resource
          Parameters     = merge(jsondecode(step.job.parameters), local.unique_parameters[pipeline][index])
          ResultPath     = null
          TimeoutSeconds = step.job.timeout_seconds
          Retry = [{
            ErrorEquals     = ["ECS.AmazonECSException", "ECS.ServerException", "Glue.ConcurrentRunsExceededException", "Batch.BatchException"]
            IntervalSeconds = 60
            BackoffRate     = 2
            MaxAttempts     = 2
          }]
        },
        index == length(spec.steps) - 1 ? { End = true } : {},
        index < length(spec.steps) - 1 ? { Next = spec.steps[index + 1].name } : {},
      )
    }
  }
}

resource "aws_sfn_state_machine" "this" {
  for_each = var.pipelines
  name     = "${var.name}-${each.key}"
  role_arn = aws_iam_role.run[each.key].arn

  definition = jsonencode({
    Comment = "Pipeline ${each.key} of ${var.name}"
    StartAt = each.value.steps[0].name
    States  = local.states[each.key]
  })

  tracing_configuration {
    enabled = true
  }

  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.this[each.key].arn}:*"
  }

  depends_on = [aws_iam_role_policy.run]
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = var.pipelines
  name              = "/aws/vendedlogs/states/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  for_each            = aws_sfn_state_machine.this
  alarm_name          = "${each.value.name}-failed"
  alarm_description   = "A run of ${each.key} failed or took too long: its execution shows the step and the log."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "bad"
    expression  = "FILL(failed, 0) + FILL(late, 0)"
    label       = "Failed or timed out"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsFailed"
      dimensions  = { StateMachineArn = each.value.arn }
      stat        = "Sum"
      period      = 300
    }
  }

  metric_query {
    id = "late"

    metric {
      namespace   = "AWS/States"
      metric_name = "ExecutionsTimedOut"
      dimensions  = { StateMachineArn = each.value.arn }
      stat        = "Sum"
      period      = 300
    }
  }
}
