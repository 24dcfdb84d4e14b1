# Metrics leave CloudWatch within minutes, those of the services in use and of the system itself.
resource "aws_cloudwatch_metric_stream" "this" {
  count         = local.enabled
  name          = "${var.name}-datadog"
  role_arn      = aws_iam_role.source["metrics"].arn
  firehose_arn  = aws_kinesis_firehose_delivery_stream.this["metrics"].arn
  output_format = "opentelemetry0.7"

  dynamic "include_filter" {
    for_each = toset(var.namespaces)

    content {
      namespace = include_filter.value
    }
  }

  depends_on = [aws_iam_role_policy.source]
}

resource "aws_cloudwatch_log_subscription_filter" "this" {
  for_each        = var.enabled ? toset(var.log_groups) : toset([])
  name            = "${var.name}-datadog"
  log_group_name  = each.value
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.this["logs"].arn
  role_arn        = aws_iam_role.source["logs"].arn

  depends_on = [aws_iam_role_policy.source]
}

# Lets Datadog read what belongs to the metrics: names, tags and alarms. It has to give the external id that its page shows.
resource "aws_iam_role" "integration" {
  count              = var.external_id == "" ? 0 : 1
  name               = "${var.name}-datadog"
  assume_role_policy = data.aws_iam_policy_document.integration_assume.json
}

resource "aws_iam_role_policy" "integration" {
  count  = var.external_id == "" ? 0 : 1
  role   = aws_iam_role.integration[0].id
  policy = data.aws_iam_policy_document.integration.json
}

data "aws_iam_policy_document" "integration_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.datadog_account_id}:root"]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.external_id]
    }
  }
}

data "aws_iam_policy_document" "integration" {
  #checkov:skip=CKV_AWS_356:Listing metrics, tags and services knows no resources; nothing here reads data or logs.
  statement {
    actions = [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "cloudwatch:ListMetrics",
      "ecs:ListClusters",
      "ecs:ListServices",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
      "tag:GetResources",
      "tag:GetTagKeys",
      "tag:GetTagValues",
    ]
    resources = ["*"]
  }

  statement {
    actions   = ["budgets:ViewBudget"]
    resources = ["${local.here}:budgets::${local.account}:budget/*"]
  }

  statement {
    actions   = ["ecs:DescribeClusters", "ecs:DescribeServices"]
    resources = ["${local.here}:ecs:${local.place}:cluster/*", "${local.here}:ecs:${local.place}:service/*"]
  }

  statement {
    actions   = ["rds:DescribeDBInstances", "rds:ListTagsForResource"]
    resources = ["${local.here}:rds:${local.place}:db:*"]
  }
}
