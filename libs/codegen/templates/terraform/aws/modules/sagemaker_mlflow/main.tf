data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_sagemaker_mlflow_tracking_server" "this" {
  tracking_server_name            = var.name
  tracking_server_size            = title(var.size.server_size)
  artifact_store_uri              = var.artifacts_uri
  role_arn                        = aws_iam_role.this.arn
  automatic_model_registration    = true
  weekly_maintenance_window_start = "Sun:03:00"

  depends_on = [aws_iam_role_policy.this]
}

# Taken by the server: it reads and writes artifacts and registers models.
resource "aws_iam_role" "this" {
  name               = "${var.name}-mlflow"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.server.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "server" {
  source_policy_documents = [var.artifacts_policy]

  # The server names a model package group after each registered model.
  statement {
    actions = [
      "sagemaker:AddTags",
      "sagemaker:CreateModelPackage",
      "sagemaker:CreateModelPackageGroup",
      "sagemaker:DescribeModelPackageGroup",
      "sagemaker:UpdateModelPackage",
    ]
    resources = [
      for kind in ["model-package", "model-package-group"] :
      "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${kind}/*"
    ]
  }
}

resource "aws_cloudwatch_event_rule" "failed" {
  name        = "${var.name}-mlflow-failed"
  description = "The tracking server could not be created, updated or started"
  event_pattern = jsonencode({
    source        = ["aws.sagemaker"]
    "detail-type" = ["SageMaker MLflow Tracking Server State Change"]
    resources     = [aws_sagemaker_mlflow_tracking_server.this.arn]
    detail        = { TrackingServerStatus = [{ suffix = "Failed" }] }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = var.alarm_topic_arn
}
