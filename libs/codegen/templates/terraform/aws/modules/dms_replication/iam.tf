data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_iam_role" "landing" {
  name               = "${var.name}-dms-landing"
  assume_role_policy = data.aws_iam_policy_document.assume["dms"].json
}

resource "aws_iam_role_policy" "landing" {
  role   = aws_iam_role.landing.id
  policy = data.aws_iam_policy_document.landing.json
}

data "aws_iam_policy_document" "landing" {
  source_policy_documents = [module.bucket.write_policy]

  # DMS replaces a file when it writes a batch again.
  statement {
    actions   = ["s3:DeleteObject", "s3:PutObjectTagging"]
    resources = ["${module.bucket.arn}/events/*"]
  }
}

# Of the job that prepares data: it writes the rows that outlast the files of their changes.
data "aws_iam_policy_document" "keep" {
  source_policy_documents = [module.bucket.write_policy]

  # Spark removes what it writes first.
  statement {
    actions   = ["s3:DeleteObject"]
    resources = ["${module.bucket.arn}/current/*"]
  }
}

resource "aws_iam_role" "secret" {
  count              = local.enabled ? 1 : 0
  name               = "${var.name}-dms-secret"
  assume_role_policy = data.aws_iam_policy_document.assume["dms.${data.aws_region.current.region}"].json
}

resource "aws_iam_role_policy" "secret" {
  count  = local.enabled ? 1 : 0
  role   = aws_iam_role.secret[0].id
  policy = data.aws_iam_policy_document.secret.json
}

data "aws_iam_policy_document" "secret" {
  statement {
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = [local.enabled ? var.source_secret_arn : "arn:${data.aws_partition.current.partition}:secretsmanager:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:secret:none"]
  }

  dynamic "statement" {
    for_each = var.secret_key_arn == null ? [] : [var.secret_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:DescribeKey"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["dms", "dms.${data.aws_region.current.region}"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.value}.amazonaws.com"]
    }
  }
}
