resource "aws_scheduler_schedule" "this" {
  #checkov:skip=CKV_AWS_297:The schedule carries no data: its input is empty.
  for_each            = { for pipeline, spec in var.pipelines : pipeline => spec.schedule if spec.schedule != "" }
  name                = "${var.name}-${each.key}"
  description         = "Starts the pipeline ${each.key}"
  schedule_expression = each.value
  state               = var.enable_schedules ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.this[each.key].arn
    role_arn = aws_iam_role.schedule.arn
    input    = "{}"

    retry_policy {
      maximum_retry_attempts = 3
    }
  }
}

resource "aws_iam_role" "schedule" {
  name               = "${var.name}-schedule"
  assume_role_policy = data.aws_iam_policy_document.schedule_assume.json
}

resource "aws_iam_role_policy" "schedule" {
  role   = aws_iam_role.schedule.id
  policy = data.aws_iam_policy_document.schedule.json
}

data "aws_iam_policy_document" "schedule_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "schedule" {
  statement {
    actions   = ["states:StartExecution"]
    resources = [for machine in aws_sfn_state_machine.this : machine.arn]
  }
}
