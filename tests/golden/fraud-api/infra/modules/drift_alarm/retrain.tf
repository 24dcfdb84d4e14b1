# Drift starts the pipeline `retrain`, unless it was started a short time ago: the labels that tell the new world apart
# come late, and batches raise the alarm again and again while a change lasts. A service stays in alarm all that time, which
# EventBridge tells once: who comes too soon waits for the end of the pause and looks whether the alarm is still there.
locals {
  retrain = var.retrain == null ? 0 : 1
  machine = "${var.name}-drift-retrain"
  pause   = try(var.retrain.pause_hours * 3600000, 0)

  # JSONata, which stands between braces with percent signs inside. Lists begin with the newest execution; times are
  # milliseconds, and a wait forgets those after its second.
  jsonata = {
    for name, code in {
      ends  = "$count($states.result.Executions) > 0 ? $toMillis($states.result.Executions[0].StartDate) + ${local.pause} : 0"
      soon  = "$millis() < $ends"
      self  = "$states.context.StateMachine.Id"
      later = "$count($states.input.Executions) > 0 and $states.input.Executions[-1].ExecutionArn != $states.context.Execution.Id"
      until = "$fromMillis($ends + 1000)"
      alarm = "$states.input.MetricAlarms[0].StateValue = 'ALARM'"
    } : name => join("%", ["{", " ${code} ", "}"])
  }
  task = "arn:${data.aws_partition.current.partition}:states:::aws-sdk"

  definition = {
    Comment       = "Starts ${var.name}-retrain at most once in ${try(var.retrain.pause_hours, 0)} hours"
    QueryLanguage = "JSONata"
    StartAt       = "last_run"
    States = {
      last_run = {
        Type      = "Task"
        Resource  = "${local.task}:sfn:listExecutions"
        Arguments = { StateMachineArn = try(var.retrain.state_machine_arn, ""), MaxResults = 1 }
        Assign    = { ends = local.jsonata.ends }
        Next      = "decide"
      }
      decide = {
        Type    = "Choice"
        Choices = [{ Condition = local.jsonata.soon, Next = "waiting" }]
        Default = "start"
      }
      # One wait is enough, however often the alarm comes and goes: the oldest goes on.
      waiting = {
        Type      = "Task"
        Resource  = "${local.task}:sfn:listExecutions"
        Arguments = { StateMachineArn = local.jsonata.self, StatusFilter = "RUNNING" }
        Next      = "first"
      }
      first = {
        Type    = "Choice"
        Choices = [{ Condition = local.jsonata.later, Next = "another_waits" }]
        Default = "wait"
      }
      another_waits = { Type = "Succeed" }
      wait = {
        Type      = "Wait"
        Timestamp = local.jsonata.until
        Next      = "alarm"
      }
      alarm = {
        Type      = "Task"
        Resource  = "${local.task}:cloudwatch:describeAlarms"
        Arguments = { AlarmNames = [aws_cloudwatch_metric_alarm.drift.alarm_name] }
        Next      = "lasts"
      }
      lasts = {
        Type    = "Choice"
        Choices = [{ Condition = local.jsonata.alarm, Next = "last_run" }]
        Default = "drift_is_over"
      }
      drift_is_over = { Type = "Succeed" }
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
  name        = local.machine
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
  name       = local.machine
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
  name              = "/aws/vendedlogs/states/${local.machine}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
