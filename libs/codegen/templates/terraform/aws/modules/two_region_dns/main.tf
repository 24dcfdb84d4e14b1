locals {
  regions = var.enabled ? var.regions : {}
}

# Load balancers on private addresses cannot be asked from outside: what counts is the alarm that no task is healthy.
# One that is missing among others is no reason to leave a region.
resource "aws_route53_health_check" "this" {
  for_each                        = local.regions
  type                            = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name           = each.value.health_alarm
  cloudwatch_alarm_region         = each.value.region
  insufficient_data_health_status = "LastKnownStatus"

  tags = { Name = "${var.name}-${each.key}" }
}

# Callers are led to the region that is nearest and healthy.
resource "aws_route53_record" "this" {
  #checkov:skip=CKV2_AWS_23:The alias names a load balancer that another module makes; its name comes in by a variable.
  for_each        = local.regions
  zone_id         = var.hosted_zone_id
  name            = var.service_name
  type            = "A"
  set_identifier  = each.key
  health_check_id = aws_route53_health_check.this[each.key].id

  latency_routing_policy {
    region = each.value.region
  }

  alias {
    name                   = each.value.dns_name
    zone_id                = each.value.zone_id
    evaluate_target_health = true
  }
}
