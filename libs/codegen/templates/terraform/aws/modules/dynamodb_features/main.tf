locals {
  # Readers in the second region ask the copy there.
  table_arns = concat(
    [aws_dynamodb_table.this.arn],
    var.replica_region == null ? [] : [replace(aws_dynamodb_table.this.arn, "/^([^:]*:[^:]*:[^:]*):[^:]*:/", "$1:${var.replica_region}:")],
  )
}

resource "aws_dynamodb_table" "this" {
  name                        = "${var.name}-features"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "entity_id"
  deletion_protection_enabled = var.protect

  attribute {
    name = "entity_id"
    type = "S"
  }

  # Twice the planned reads pass; a runaway client does not run up the bill. Only jobs write: a load of every entity takes what the
  # table gives, as one that is held back would not end within the time of its job.
  on_demand_throughput {
    max_read_request_units = max(10, ceil(var.size.read_rps * 2))
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }

  # A copy in a second region is written from the stream of changes.
  stream_enabled   = var.replica_region == null ? null : true
  stream_view_type = var.replica_region == null ? null : "NEW_AND_OLD_IMAGES"

  dynamic "replica" {
    for_each = var.replica_region == null ? [] : [var.replica_region]

    content {
      region_name                 = replica.value
      kms_key_arn                 = var.customer_managed_keys ? aws_kms_key.replica[0].arn : null
      point_in_time_recovery      = true
      deletion_protection_enabled = var.protect
      propagate_tags              = true
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "throttled" {
  alarm_name          = "${var.name}-features-throttled"
  alarm_description   = "Feature reads are refused: the load is more than twice the plan."
  namespace           = "AWS/DynamoDB"
  metric_name         = "ReadThrottleEvents"
  dimensions          = { TableName = aws_dynamodb_table.this.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query"]
    resources = local.table_arns
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = concat([statement.value], aws_kms_key.replica[*].arn)
    }
  }
}

data "aws_iam_policy_document" "write" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]

  statement {
    actions   = ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = local.table_arns
  }
}
