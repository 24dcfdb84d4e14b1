resource "aws_transfer_server" "this" {
  domain                 = "S3"
  protocols              = ["SFTP"]
  identity_provider_type = "SERVICE_MANAGED"
  endpoint_type          = "VPC"
  security_policy_name   = "TransferSecurityPolicy-2025-03"

  endpoint_details {
    vpc_id                 = aws_vpc.this.id
    subnet_ids             = [for zone in local.zones : aws_subnet.this[zone].id]
    address_allocation_ids = [for zone in local.zones : aws_eip.this[zone].id]
    security_group_ids     = [aws_security_group.this.id]
  }

  s3_storage_options {
    directory_listing_optimization = "ENABLED"
  }

  structured_log_destinations = ["${aws_cloudwatch_log_group.sessions.arn}:*"]

  tags = { Name = "${var.name}-sftp" }
}

resource "aws_transfer_user" "this" {
  for_each            = var.partners
  server_id           = aws_transfer_server.this.id
  user_name           = each.key
  role                = aws_iam_role.partner[each.key].arn
  home_directory_type = "LOGICAL"

  dynamic "home_directory_mappings" {
    for_each = toset(["scoring", "training"])

    content {
      entry  = "/${home_directory_mappings.value}"
      target = "/${module.bucket.id}/${home_directory_mappings.value}/${each.key}"
    }
  }
}

resource "aws_transfer_ssh_key" "this" {
  for_each  = var.partners
  server_id = aws_transfer_server.this.id
  user_name = aws_transfer_user.this[each.key].user_name
  body      = each.value
}

module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.size.retention_days
  expiring       = var.expiring
  eventbridge    = true
  force_destroy  = var.force_destroy
}

resource "aws_cloudwatch_log_group" "sessions" {
  name              = "/transfer/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Nothing of a whole day: a partner's job stopped, or its key or address changed.
resource "aws_cloudwatch_metric_alarm" "silent" {
  count               = length(var.partners) > 0 ? 1 : 0
  alarm_name          = "${var.name}-sftp-silent"
  alarm_description   = "No file arrived for a day: ask the partners, then look at the session log."
  namespace           = "AWS/Transfer"
  metric_name         = "FilesIn"
  dimensions          = { ServerId = aws_transfer_server.this.id }
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
