locals {
  # A pipeline without a schedule has one that is off: whoever starts it by hand copies it.
  never = "rate(365 days)"
  cron  = "^cron\\((\\S+) (\\d+) (.*)\\)$"

  jobs = merge([
    for pipeline, spec in var.pipelines : {
      for index, step in spec.steps : "${pipeline}-${step.name}" => {
        job = step.job
        on  = var.enable_schedules && spec.schedule != ""
        # Step n of a pipeline that names its hour starts n hours later; a rate starts every step together.
        schedule = try(
          format(
            "cron(%s %d %s)",
            regex(local.cron, spec.schedule)[0],
            regex(local.cron, spec.schedule)[1] + index,
            regex(local.cron, spec.schedule)[2],
          ),
          spec.schedule == "" ? local.never : spec.schedule,
        )
      }
    }
  ]...)

  # A job that two pipelines share is watched once.
  steps = merge([for spec in var.pipelines : { for step in spec.steps : step.name => step.job }]...)
}

# Of this environment alone, so that what the scheduler measures is its own.
resource "aws_scheduler_schedule_group" "this" {
  name = var.name
}

resource "aws_scheduler_schedule" "this" {
  #checkov:skip=CKV_AWS_297:The schedule carries no data: its input names resources only.
  for_each            = local.jobs
  name                = "${var.name}-${each.key}"
  group_name          = aws_scheduler_schedule_group.this.name
  description         = "Starts ${each.key}"
  schedule_expression = each.value.schedule
  state               = each.value.on ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = each.value.job.sdk_target
    role_arn = aws_iam_role.this.arn

    # The name of a SageMaker job must be new each time; the scheduler puts the id of the execution in place of <…>,
    # which jsonencode would write as escapes.
    input = replace(replace(jsonencode(merge(
      jsondecode(each.value.job.parameters),
      each.value.job.unique_name == null ? {} : {
        (each.value.job.unique_name.parameter) = "${each.value.job.unique_name.prefix}-<aws.scheduler.execution-id>"
      },
    )), "\\u003c", "<"), "\\u003e", ">")

    retry_policy {
      maximum_retry_attempts = 3
    }
  }

  depends_on = [aws_iam_role_policy.this]
}

# The scheduler only starts; what becomes of the job is told by the service that runs it.
resource "aws_cloudwatch_event_rule" "failed" {
  for_each      = local.steps
  name          = "${var.name}-${each.key}-failed"
  description   = "${each.key} failed"
  event_pattern = each.value.failure_event
}

resource "aws_cloudwatch_event_target" "failed" {
  for_each = aws_cloudwatch_event_rule.failed
  rule     = each.value.name
  arn      = var.alarm_topic_arn
}

resource "aws_cloudwatch_metric_alarm" "not_started" {
  alarm_name          = "${var.name}-schedule-errors"
  alarm_description   = "A scheduled job could not be started."
  namespace           = "AWS/Scheduler"
  metric_name         = "TargetErrorCount"
  dimensions          = { ScheduleGroup = aws_scheduler_schedule_group.this.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_iam_role" "this" {
  name               = "${var.name}-schedule"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.start.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "start" {
  source_policy_documents = [for step in local.steps : step.start_policy]
}
