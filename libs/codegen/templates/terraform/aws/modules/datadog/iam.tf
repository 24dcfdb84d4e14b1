# CloudWatch and its logs put records into the delivery streams.
resource "aws_iam_role" "source" {
  for_each           = { logs = "logs.amazonaws.com", metrics = "streams.metrics.cloudwatch.amazonaws.com" }
  name               = "${var.name}-datadog-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.assume[each.value].json
}

resource "aws_iam_role_policy" "source" {
  for_each = aws_kinesis_firehose_delivery_stream.this
  role     = aws_iam_role.source[each.key].id
  policy   = data.aws_iam_policy_document.source[each.key].json
}

data "aws_iam_policy_document" "source" {
  for_each = aws_kinesis_firehose_delivery_stream.this

  statement {
    actions   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
    resources = [each.value.arn]
  }
}

# Firehose reads the key of Datadog and keeps what was not taken.
resource "aws_iam_role" "delivery" {
  name               = "${var.name}-datadog-delivery"
  assume_role_policy = data.aws_iam_policy_document.assume["firehose.amazonaws.com"].json
}

resource "aws_iam_role_policy" "delivery" {
  role   = aws_iam_role.delivery.id
  policy = data.aws_iam_policy_document.delivery.json
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["firehose.amazonaws.com", "logs.amazonaws.com", "streams.metrics.cloudwatch.amazonaws.com"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value]
    }

    # The other two services say nothing about for whom they act.
    dynamic "condition" {
      for_each = each.value == "logs.amazonaws.com" ? [data.aws_caller_identity.current.account_id] : []

      content {
        test     = "StringLike"
        variable = "aws:SourceArn"
        values   = ["arn:${data.aws_partition.current.partition}:logs:*:${condition.value}:*"]
      }
    }
  }
}

data "aws_iam_policy_document" "delivery" {
  source_policy_documents = [module.undelivered.write_policy]

  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this.arn]
  }

  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  statement {
    actions   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"]
    resources = [module.undelivered.arn, "${module.undelivered.arn}/*"]
  }

  dynamic "statement" {
    for_each = toset(compact([var.secret_key_arn]))

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }

  dynamic "statement" {
    for_each = toset(compact([var.kms_key_arn]))

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
