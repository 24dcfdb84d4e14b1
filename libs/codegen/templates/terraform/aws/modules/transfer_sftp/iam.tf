# Taken by the server for a session: each partner reads and writes its own two folders.
resource "aws_iam_role" "partner" {
  for_each           = var.partners
  name               = substr("${var.name}-sftp-${each.key}", 0, 64)
  assume_role_policy = data.aws_iam_policy_document.assume["transfer"].json
}

resource "aws_iam_role_policy" "partner" {
  for_each = var.partners
  role     = aws_iam_role.partner[each.key].id
  policy   = data.aws_iam_policy_document.partner[each.key].json
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["transfer", "vpc-flow-logs"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.value}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "partner" {
  for_each = var.partners

  statement {
    actions   = ["s3:GetBucketLocation", "s3:ListBucket"]
    resources = [module.bucket.arn]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["scoring/${each.key}/*", "training/${each.key}/*", "scoring/${each.key}", "training/${each.key}"]
    }
  }

  # No right to delete: what was delivered stays as it was, or gets a newer version.
  statement {
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${module.bucket.arn}/scoring/${each.key}/*", "${module.bucket.arn}/training/${each.key}/*"]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
