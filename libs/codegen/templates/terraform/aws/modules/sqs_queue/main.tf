resource "aws_sqs_queue" "this" {
  name                       = "${var.name}-events"
  message_retention_seconds  = var.size.retention_hours * 3600
  visibility_timeout_seconds = 300
  receive_wait_time_seconds  = 20

  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name = "${var.name}-events-failed"

  # The longest that SQS has, unless data is kept for less: a message counts its age from when it was sent.
  message_retention_seconds = min(14, var.landing_retention_days) * 86400

  sqs_managed_sse_enabled           = var.kms_key_arn == null ? true : null
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 300
}

resource "aws_sqs_queue_redrive_allow_policy" "failed" {
  queue_url = aws_sqs_queue.failed.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this.arn]
  })
}

resource "aws_sqs_queue_policy" "this" {
  for_each  = { events = aws_sqs_queue.this, failed = aws_sqs_queue.failed }
  queue_url = each.value.id
  policy    = data.aws_iam_policy_document.tls_only[each.key].json
}

data "aws_iam_policy_document" "tls_only" {
  for_each = { events = aws_sqs_queue.this, failed = aws_sqs_queue.failed }

  statement {
    sid       = "DenyPlainHttp"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.landing_retention_days
  expiring       = var.expiring
  eventbridge    = true
  force_destroy  = var.force_destroy
}
