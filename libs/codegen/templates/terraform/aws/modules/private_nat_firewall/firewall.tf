locals {
  firewall_endpoints = {
    for state in aws_networkfirewall_firewall.this.firewall_status[0].sync_states :
    state.availability_zone => state.attachment[0].endpoint_id
  }
}

# The last sixteenth of the range, which no private or public subnet reaches.
resource "aws_subnet" "firewall" {
  for_each          = { for index, zone in local.nat_zones : zone => index }
  vpc_id            = module.vpc.vpc_id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr_block, 12, 3840 + each.value)

  tags = { Name = "${var.name}-firewall-${each.key}" }
}

resource "aws_networkfirewall_firewall" "this" {
  #checkov:skip=CKV_AWS_344:Deletion protection is on in prod; other environments are meant to be thrown away.
  name                = var.name
  firewall_policy_arn = aws_networkfirewall_firewall_policy.this.arn
  vpc_id              = module.vpc.vpc_id
  delete_protection   = var.protect

  dynamic "subnet_mapping" {
    for_each = aws_subnet.firewall

    content {
      subnet_id = subnet_mapping.value.id
    }
  }

  dynamic "encryption_configuration" {
    for_each = var.kms_key_arn == null ? ["AWS_OWNED_KMS_KEY"] : ["CUSTOMER_KMS"]

    content {
      type   = encryption_configuration.value
      key_id = var.kms_key_arn
    }
  }
}

resource "aws_networkfirewall_firewall_policy" "this" {
  name = var.name

  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
    stateful_default_actions           = ["aws:drop_established", "aws:alert_established"]

    stateful_engine_options {
      rule_order = "STRICT_ORDER"
    }

    stateful_rule_group_reference {
      priority     = 1
      resource_arn = aws_networkfirewall_rule_group.domains.arn
    }
  }

  dynamic "encryption_configuration" {
    for_each = var.kms_key_arn == null ? ["AWS_OWNED_KMS_KEY"] : ["CUSTOMER_KMS"]

    content {
      type   = encryption_configuration.value
      key_id = var.kms_key_arn
    }
  }
}

# What is not named here is dropped and logged.
resource "aws_networkfirewall_rule_group" "domains" {
  name     = "${var.name}-domains"
  type     = "STATEFUL"
  capacity = 100

  rule_group {
    rules_source {
      rules_source_list {
        generated_rules_type = "ALLOWLIST"
        target_types         = ["TLS_SNI"]
        targets              = var.allowed_domains
      }
    }

    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }

  dynamic "encryption_configuration" {
    for_each = var.kms_key_arn == null ? ["AWS_OWNED_KMS_KEY"] : ["CUSTOMER_KMS"]

    content {
      type   = encryption_configuration.value
      key_id = var.kms_key_arn
    }
  }
}

resource "aws_cloudwatch_log_group" "firewall" {
  for_each          = toset(["alert", "flow"])
  name              = "/firewall/${var.name}/${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_networkfirewall_logging_configuration" "this" {
  firewall_arn = aws_networkfirewall_firewall.this.arn

  logging_configuration {
    dynamic "log_destination_config" {
      for_each = aws_cloudwatch_log_group.firewall

      content {
        log_destination      = { logGroup = log_destination_config.value.name }
        log_destination_type = "CloudWatchLogs"
        log_type             = upper(log_destination_config.key)
      }
    }
  }
}
