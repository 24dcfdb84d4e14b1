resource "aws_iam_role" "event" {
  count              = local.retrain
  name               = "${var.name}-drift-event"
  assume_role_policy = data.aws_iam_policy_document.assume["events.amazonaws.com"].json
}

resource "aws_iam_role_policy" "event" {
  count  = local.retrain
  role   = aws_iam_role.event[0].id
  policy = data.aws_iam_policy_document.event[0].json
}

resource "aws_iam_role" "run" {
  count              = local.retrain
  name               = "${var.name}-drift-run"
  assume_role_policy = data.aws_iam_policy_document.assume["states.amazonaws.com"].json
}

resource "aws_iam_role_policy" "run" {
  count  = local.retrain
  role   = aws_iam_role.run[0].id
  policy = data.aws_iam_policy_document.run[0].json
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["events.amazonaws.com", "states.amazonaws.com"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value]
    }

    # The service acts for this account only.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "event" {
  count = local.retrain

  statement {
    actions   = ["states:StartExecution"]
    resources = [aws_sfn_state_machine.drift[0].arn]
  }
}

data "aws_iam_policy_document" "run" {
  count = local.retrain

  statement {
    actions   = ["states:ListExecutions", "states:StartExecution"]
    resources = [var.retrain.state_machine_arn]
  }

  # Whether another one waits already, and whether the drift is still there after the wait.
  statement {
    actions   = ["states:ListExecutions"]
    resources = ["arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:stateMachine:${local.machine}"]
  }

  statement {
    actions   = ["cloudwatch:DescribeAlarms"]
    resources = [aws_cloudwatch_metric_alarm.drift.arn]
  }

  # Log delivery and tracing know no resources.
  statement {
    actions = [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }
}
