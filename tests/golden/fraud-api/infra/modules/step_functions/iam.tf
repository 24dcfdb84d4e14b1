data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_iam_role" "run" {
  for_each           = var.pipelines
  name               = "${var.name}-${each.key}-run"
  assume_role_policy = data.aws_iam_policy_document.run_assume.json
}

resource "aws_iam_role_policy" "run" {
  for_each = var.pipelines
  role     = aws_iam_role.run[each.key].id
  policy   = data.aws_iam_policy_document.run[each.key].json
}

data "aws_iam_policy_document" "run_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "run" {
  for_each                = var.pipelines
  source_policy_documents = [for step in each.value.steps : step.job.start_policy]

  # Step Functions hears of the end of a job through rules it owns.
  statement {
    actions = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
    resources = [
      "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsFor*",
    ]
  }

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
