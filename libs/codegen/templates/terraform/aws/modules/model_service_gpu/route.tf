locals {
  dimensions = { TargetGroup = aws_lb_target_group.this.arn_suffix, LoadBalancer = var.gateway.arn_suffix }
}

# A model is reached by its name at the gateway, and by nothing else.
resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the gateway; tasks accept traffic from its security group only.
  name                 = local.short_name
  port                 = 8000
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.vpc_id
  deregistration_delay = 60

  health_check {
    path                = "/health"
    matcher             = "200"
    interval            = 15
    timeout             = 10
    healthy_threshold   = 2
    unhealthy_threshold = 5
  }
}

resource "aws_lb_listener_rule" "this" {
  count        = local.enabled
  listener_arn = var.gateway.listener_arn

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }

  condition {
    host_header {
      values = [local.host]
    }
  }
}

resource "aws_route53_record" "this" {
  zone_id = var.gateway.zone_id
  name    = local.host
  type    = "A"

  alias {
    name                   = var.gateway.dns_name
    zone_id                = var.gateway.dns_zone_id
    evaluate_target_health = true
  }
}

resource "aws_security_group" "this" {
  name_prefix = "${local.full_name}-"
  description = "Tasks of ${local.full_name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "Requests from the gateway"
  referenced_security_group_id = var.gateway.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 8000
  to_port                      = 8000
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  count               = local.enabled
  alarm_name          = "${local.full_name}-unhealthy"
  alarm_description   = "No healthy task answers for ${local.host}."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = local.dimensions
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
