# Drift starts the pipeline `retrain`, unless it was started a short time ago: the labels that tell the new world apart
# come late, and a change that lasts raises its alarm again and again.
locals {
  retrain = var.retrain == null ? 0 : 1

  # The newest execution is listed first. Milliseconds.
  ran     = "$count($states.input.Executions) > 0"
  elapsed = "$millis() - $toMillis($states.input.Executions[0].StartDate)"
  pause   = try(var.retrain.pause_hours * 3600000, 0)

  definition = {
    Comment       = "Starts ${var.name}-retrain at most once in ${try(var.retrain.pause_hours, 0)} hours"
    QueryLanguage = "JSONata"
    StartAt       = "last_run"
    States = {
      last_run = {
        Type      = "Task"
        Resource  = "arn:${data.aws_partition.current.partition}:states:::aws-sdk:sfn:listExecutions"
        Arguments = { StateMachineArn = try(var.retrain.state_machine_arn, ""), MaxResults = 1 }
        Next      = "decide"
      }
      decide = {
        Type = "Choice"
        Choices = [{
          # JSONata stands between braces with percent signs inside.
          Condition = join("%", ["{", " ${local.ran} and ${local.elapsed} < ${local.pause} ", "}"])
          Next      = "too_soon"
        }]
        Default = "start"
      }
      too_soon = { Type = "Succeed" }
      start = {
        Type      = "Task"
        Resource  = "arn:${data.aws_partition.current.partition}:states:::states:startExecution"
        Arguments = { StateMachineArn = try(var.retrain.state_machine_arn, ""), Input = {} }
        End       = true
      }
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_cloudwatch_event_rule" "drift" {
  count       = local.retrain
  name        = "${var.name}-drift-retrain"
  description = "The drift alarm starts a training run"
  state       = var.enable_schedules ? "ENABLED" : "DISABLED"

  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
    resources     = [aws_cloudwatch_metric_alarm.drift.arn]
    detail        = { state = { value = ["ALARM"] } }
  })
}

resource "aws_cloudwatch_event_target" "drift" {
  count    = local.retrain
  rule     = aws_cloudwatch_event_rule.drift[0].name
  arn      = aws_sfn_state_machine.drift[0].arn
  role_arn = aws_iam_role.event[0].arn
  input    = "{}"
}

resource "aws_sfn_state_machine" "drift" {
  count      = local.retrain
  name       = "${var.name}-drift-retrain"
  role_arn   = aws_iam_role.run[0].arn
  definition = jsonencode(local.definition)

  tracing_configuration {
    enabled = true
  }

  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.this[0].arn}:*"
  }

  depends_on = [aws_iam_role_policy.run]
}

resource "aws_cloudwatch_log_group" "this" {
  count             = local.retrain
  name              = "/aws/vendedlogs/states/${var.name}-drift-retrain"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
