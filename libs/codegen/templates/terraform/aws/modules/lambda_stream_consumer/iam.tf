data "aws_partition" "current" {}

resource "aws_iam_role" "this" {
  name               = "${var.name}-serve"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

# Network interfaces of a function in a VPC.
resource "aws_iam_role_policy_attachment" "vpc" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_iam_role_policy_attachment" "xray" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"
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
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "run" {
  #checkov:skip=CKV_AWS_356:ListStreams, which every event source mapping calls, knows no resources.
  source_policy_documents = concat(var.policies, [module.results.write_policy])

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  statement {
    actions = [
      "kinesis:DescribeStream",
      "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords",
      "kinesis:GetShardIterator",
      "kinesis:ListShards",
    ]
    resources = [var.stream_arn]
  }

  statement {
    actions   = ["kinesis:ListStreams"]
    resources = ["*"]
  }

  dynamic "statement" {
    for_each = var.fan_out ? ["push"] : []

    content {
      actions   = ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"]
      resources = ["${var.stream_arn}/consumer/${var.name}-serve:*"]
    }
  }

  statement {
    actions   = ["s3:ListBucket"]
    resources = [var.dead_letter_bucket_arn]
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = ["${var.dead_letter_bucket_arn}/aws/lambda/*"]
  }

  # Of the stream, the dead letters and the function's environment.
  dynamic "statement" {
    for_each = [for key in [var.kms_key_arn, var.dead_letter_key_arn, var.environment_key_arn] : key if key != null]

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
