data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region
  account_id = data.aws_caller_identity.current.account_id

  # An inference profile names the geography whose regions may answer; without one the model answers in this region.
  profile  = var.geography == "" ? "" : "${var.geography}.${var.model_id}"
  model    = local.profile == "" ? var.model_id : local.profile
  fallback = var.fallback_region == "" ? [] : [var.fallback_region]

  # What is called where, and what its metrics are counted under.
  profiled = local.profile != "" && var.purpose == "Llm"
  called   = { for region, profile in aws_bedrock_inference_profile.this : region => profile.arn }
  metric   = local.profiled ? element(split("/", local.called[local.region]), 1) : local.model

  # A profile hands a request to any region of its geography, and IAM asks there again.
  foundation_models = local.profile == "" ? [
    for region in concat([local.region], local.fallback) :
    "arn:${local.partition}:bedrock:${region}::foundation-model/${var.model_id}"
  ] : ["arn:${local.partition}:bedrock:*::foundation-model/${var.model_id}"]

  profiles = local.profile == "" ? [] : [
    for region in concat([local.region], local.fallback) :
    "arn:${local.partition}:bedrock:${region}:${local.account_id}:inference-profile/${local.profile}"
  ]
}

# A call of a foundation model or of a geography carries no tags: through a profile of the environment's own the budget sees it. Bedrock
# makes none of models for embeddings; a model without a geography may have none either, and is called itself.
resource "aws_bedrock_inference_profile" "this" {
  for_each = { for region in concat([local.region], local.fallback) : region => region if local.profiled }
  region   = each.value
  name     = "${var.name}-${lower(var.purpose)}"

  model_source {
    copy_from = "arn:${local.partition}:bedrock:${each.value}:${local.account_id}:inference-profile/${local.profile}"
  }
}

data "aws_iam_policy_document" "invoke" {
  statement {
    sid       = "Invoke${var.purpose}"
    actions   = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
    resources = concat(local.foundation_models, local.profiles, values(local.called))
  }
}

# Told before readers tell: requests that the quota of the account refuses.
resource "aws_cloudwatch_metric_alarm" "throttled" {
  alarm_name          = "${var.name}-${lower(var.purpose)}-throttled"
  alarm_description   = "Amazon Bedrock refuses calls of ${local.model}: ask for a higher quota or spread the load."
  namespace           = "AWS/Bedrock"
  metric_name         = "InvocationThrottles"
  dimensions          = { ModelId = local.metric }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "${var.name}-${lower(var.purpose)}-failed"
  alarm_description   = "Amazon Bedrock fails on calls of ${local.model}."
  namespace           = "AWS/Bedrock"
  metric_name         = "InvocationServerErrors"
  dimensions          = { ModelId = local.metric }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
