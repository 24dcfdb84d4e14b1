data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region
  account_id = data.aws_caller_identity.current.account_id
  judged     = var.judge_model_id != ""
  judge      = var.geography == "" ? var.judge_model_id : "${var.geography}.${var.judge_model_id}"
  managed    = var.kind == "bedrock"
  # Judges of a geography answer in any of its regions.
  judges = [
    "arn:${local.partition}:bedrock:*::foundation-model/${var.judge_model_id}",
    "arn:${local.partition}:bedrock:${local.region}:${local.account_id}:inference-profile/*.${var.judge_model_id}",
  ]
}

data "aws_iam_policy_document" "access" {
  dynamic "statement" {
    for_each = local.judged ? [local.judges] : []

    content {
      actions   = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
      resources = statement.value
    }
  }

  dynamic "statement" {
    for_each = local.managed ? ["arn:${local.partition}:bedrock:${local.region}:${local.account_id}:evaluation-job/*"] : []

    # A job is created for its models.
    content {
      actions   = ["bedrock:CreateEvaluationJob", "bedrock:GetEvaluationJob", "bedrock:StopEvaluationJob"]
      resources = concat([statement.value], local.judges)
    }
  }

  dynamic "statement" {
    for_each = aws_iam_role.judge[*].arn

    content {
      actions   = ["iam:PassRole"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "iam:PassedToService"
        values   = ["bedrock.amazonaws.com"]
      }
    }
  }
}

# The service reads the answers and writes its report under this role.
resource "aws_iam_role" "judge" {
  count              = local.managed ? 1 : 0
  name               = "${var.name}-judge"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "judge" {
  count  = local.managed ? 1 : 0
  role   = aws_iam_role.judge[0].id
  policy = data.aws_iam_policy_document.judge[0].json
}

data "aws_iam_policy_document" "judge" {
  count                   = local.managed ? 1 : 0
  source_policy_documents = [var.artifacts_policy]

  # The service judges in batches, and looks up which regions a profile stands for.
  statement {
    actions = [
      "bedrock:CreateModelInvocationJob",
      "bedrock:GetInferenceProfile",
      "bedrock:InvokeModel",
      "bedrock:InvokeModelWithResponseStream",
      "bedrock:StopModelInvocationJob",
    ]
    resources = concat(local.judges, ["arn:${local.partition}:bedrock:${local.region}:${local.account_id}:model-invocation-job/*"])
  }

  statement {
    actions   = ["s3:ListBucketMultipartUploads"]
    resources = [var.artifacts_arn]
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["bedrock.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}
