data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

# One detector and one recorder an account and region: `enabled` in one environment of an account only.
resource "aws_guardduty_detector" "this" {
  #checkov:skip=CKV2_AWS_3:An organisation that manages its accounts together switches GuardDuty on there; this account has its own.
  count                        = var.enabled ? 1 : 0
  enable                       = true
  finding_publishing_frequency = "FIFTEEN_MINUTES"
}

resource "aws_cloudwatch_event_rule" "finding" {
  count       = var.enabled ? 1 : 0
  name        = "${var.name}-threat-found"
  description = "GuardDuty found something of at least medium severity"

  event_pattern = jsonencode({
    source        = ["aws.guardduty"]
    "detail-type" = ["GuardDuty Finding"]
    detail        = { severity = [{ numeric = [">=", 4] }] }
  })
}

resource "aws_cloudwatch_event_target" "finding" {
  count = var.enabled ? 1 : 0
  rule  = aws_cloudwatch_event_rule.finding[0].name
  arn   = var.alarm_topic_arn
}
