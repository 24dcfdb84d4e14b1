mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"] }
  }
}

variables {
  name               = "fraud-prod"
  size               = { azs = 6, nat_gateways = 6 }
  cidr_block         = "10.30.0.0/16"
  allowed_domains    = [".amazonaws.com"]
  kms_key_arn        = null
  log_key_arn        = null
  log_retention_days = 365
  protect            = false
}

run "subnets_of_every_zone_lie_apart" {
  command = plan

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == [for index in range(6) : cidrsubnet("10.30.0.0/16", 4, 8 + index)]
    error_message = "A public subnet of each zone takes a sixteenth of the range."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.firewall : startswith(subnet.cidr_block, "10.30.240.")])
    error_message = "The firewall's subnets lie behind every public one."
  }
}

run "one_gateway_serves_every_zone" {
  command = plan

  variables {
    size = { azs = 2, nat_gateways = 1 }
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.to_firewall) == 2
    error_message = "Each private subnet has a way out."
  }
}

run "a_key_of_ones_own_is_used" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/0b1c2d3e-0000-4000-8000-000000000000"
  }

  assert {
    condition     = one(aws_networkfirewall_firewall.this.encryption_configuration).type == "CUSTOMER_KMS"
    error_message = "With a key the firewall is encrypted under it."
  }
}
