data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# What the code inside may do.
resource "aws_iam_role" "this" {
  name               = local.job_name
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.run.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["emr-serverless.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "run" {
  #checkov:skip=CKV_AWS_356:DescribeLogGroups, which EMR calls before it writes, knows no resources.
  source_policy_documents = var.policies

  # Overwriting a Parquet folder removes the files of the last run.
  statement {
    actions   = ["s3:DeleteObject"]
    resources = ["${replace(var.target_uri, "s3://", "arn:${data.aws_partition.current.partition}:s3:::")}*"]
  }

  statement {
    actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  statement {
    actions   = ["logs:DescribeLogGroups"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.log_key_arn == null ? [] : [var.log_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "start" {
  statement {
    actions   = ["emr-serverless:StartApplication", "emr-serverless:StartJobRun"]
    resources = [aws_emrserverless_application.this.arn]
  }

  statement {
    actions   = ["emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"]
    resources = ["${aws_emrserverless_application.this.arn}/jobruns/*"]
  }

  # EMR asks for the key of the log in the name of who starts a job, and refuses the job without.
  dynamic "statement" {
    for_each = var.log_key_arn == null ? [] : [var.log_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.this.arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["emr-serverless.amazonaws.com"]
    }
  }
}

# Applications of this account pull the image themselves, before a job and its role are there.
resource "aws_ecr_repository_policy" "pull" {
  count      = var.image == null ? 0 : 1
  repository = join("/", slice(split("/", var.image.repository_url), 1, length(split("/", var.image.repository_url))))
  policy     = data.aws_iam_policy_document.pull.json
}

data "aws_iam_policy_document" "pull" {
  statement {
    actions = ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"]

    principals {
      type        = "Service"
      identifiers = ["emr-serverless.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values = [
        "arn:${data.aws_partition.current.partition}:emr-serverless:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:/applications/*",
      ]
    }
  }
}
