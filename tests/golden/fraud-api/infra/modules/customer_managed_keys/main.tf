data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region
}

resource "aws_kms_key" "this" {
  for_each                = toset(var.purposes)
  description             = "${each.value} of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days
  policy                  = each.value == "data" ? data.aws_iam_policy_document.data.json : data.aws_iam_policy_document.account.json
}

resource "aws_kms_alias" "this" {
  for_each      = aws_kms_key.this
  name          = "alias/${var.name}-${each.key}"
  target_key_id = each.value.key_id
}

resource "aws_kms_key" "logs" {
  description             = "Logs, audit trail and alerts of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = var.deletion_window_days
  policy                  = data.aws_iam_policy_document.logs.json
}

resource "aws_kms_alias" "logs" {
  name          = "alias/${var.name}-logs"
  target_key_id = aws_kms_key.logs.key_id
}

# Who may use the key is decided by the IAM policies of this account.
data "aws_iam_policy_document" "account" {
  #checkov:skip=CKV_AWS_109:In a key policy the resource "*" means this key; without the account statement nobody could manage it.
  #checkov:skip=CKV_AWS_111:As above: the statement hands the decision to IAM policies of this account.
  #checkov:skip=CKV_AWS_356:As above: "*" is this key.
  statement {
    sid       = "AccountDecidesByIam"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account_id}:root"]
    }
  }
}

# S3 Vectors keeps an index in order by itself, under a name of its own: without this right no index can be made.
data "aws_iam_policy_document" "data" {
  #checkov:skip=CKV_AWS_109:In a key policy the resource "*" means this key.
  #checkov:skip=CKV_AWS_111:As above; the service only reads, and only vector buckets of this account.
  #checkov:skip=CKV_AWS_356:As above: "*" is this key.
  source_policy_documents = [data.aws_iam_policy_document.account.json]

  dynamic "statement" {
    for_each = var.vector_buckets ? ["indexing.s3vectors.amazonaws.com"] : []

    content {
      sid       = "VectorIndexes"
      actions   = ["kms:Decrypt"]
      resources = ["*"]

      principals {
        type        = "Service"
        identifiers = [statement.value]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account_id]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = ["arn:${local.partition}:s3vectors:${local.region}:${local.account_id}:bucket/*"]
      }

      condition {
        test     = "ForAnyValue:StringEquals"
        variable = "kms:EncryptionContextKeys"
        values   = ["aws:s3vectors:arn", "aws:s3vectors:resource-id"]
      }
    }
  }
}

data "aws_iam_policy_document" "logs" {
  #checkov:skip=CKV_AWS_109:In a key policy the resource "*" means this key.
  #checkov:skip=CKV_AWS_111:As above; logs and trail are held to this account, and alert services only encrypt messages.
  #checkov:skip=CKV_AWS_356:As above: "*" is this key.
  source_policy_documents = [data.aws_iam_policy_document.account.json]

  statement {
    sid       = "LogGroups"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.${local.region}.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:*"]
    }
  }

  statement {
    sid       = "TrailFindsKey"
    actions   = ["kms:DescribeKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }

  statement {
    sid       = "Trail"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "kms:EncryptionContext:aws:cloudtrail:arn"
      values   = ["arn:${local.partition}:cloudtrail:*:${local.account_id}:trail/*"]
    }
  }

  # These services publish to the encrypted alert topic; EventBridge among them cannot do so under a condition.
  statement {
    sid       = "Alerts"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["aps.amazonaws.com", "budgets.amazonaws.com", "cloudwatch.amazonaws.com", "events.amazonaws.com"]
    }
  }
}
