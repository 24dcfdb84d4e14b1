data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# Taken by SageMaker itself, to write the offline store.
resource "aws_iam_role" "this" {
  name               = "${var.name}-feature-store"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.offline.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "offline" {
  source_policy_documents = [module.bucket.write_policy]

  statement {
    actions   = ["s3:GetBucketAcl"]
    resources = [module.bucket.arn]
  }

  statement {
    actions   = ["s3:PutObjectAcl"]
    resources = ["${module.bucket.arn}/features/*"]
  }

  # SageMaker keeps its tables in a database of this name.
  statement {
    actions = [
      "glue:CreateDatabase", "glue:CreateTable", "glue:GetDatabase", "glue:GetTable", "glue:UpdateTable",
    ]
    resources = [
      for suffix in ["catalog", "database/sagemaker_featurestore", "table/sagemaker_featurestore/*"] :
      "arn:${data.aws_partition.current.partition}:glue:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:${suffix}"
    ]
  }
}

data "aws_iam_policy_document" "read" {
  source_policy_documents = [module.bucket.read_policy]

  statement {
    actions   = ["sagemaker:BatchGetRecord", "sagemaker:DescribeFeatureGroup", "sagemaker:GetRecord"]
    resources = [aws_sagemaker_feature_group.this.arn]
  }
}

data "aws_iam_policy_document" "write" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]

  # Who writes many records at once needs the right to write one as well.
  statement {
    actions   = ["sagemaker:BatchWriteRecord", "sagemaker:DeleteRecord", "sagemaker:PutRecord"]
    resources = [aws_sagemaker_feature_group.this.arn]
  }

  # A write that goes to the offline store as well is encrypted under the caller's eyes.
  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
