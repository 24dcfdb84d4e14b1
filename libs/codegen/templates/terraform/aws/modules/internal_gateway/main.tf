locals {
  enabled = var.certificate_arn != ""
  # Load balancers and target groups take 32 characters; a longer name keeps its head and gets a hash.
  full_names  = merge({ gateway = var.name }, { for host in keys(var.hosts) : host => "${var.name}-${host}" })
  short_names = { for key, name in local.full_names : key => length(name) <= 32 ? name : "${substr(name, 0, 23)}-${substr(sha1(name), 0, 8)}" }
}

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:Deletion protection is on in prod; other environments are meant to be thrown away.
  name                       = local.short_names["gateway"]
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = var.subnet_ids
  security_groups            = [aws_security_group.this.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.protect

  access_logs {
    bucket  = var.log_bucket
    prefix  = "alb"
    enabled = true
  }
}

# Each service answers under a name of its own; every other name is refused.
resource "aws_lb_listener" "https" {
  count             = local.enabled ? 1 : 0
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Nothing has this name."
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  for_each     = local.enabled ? var.hosts : {}
  listener_arn = aws_lb_listener.https[0].arn

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.key].arn
  }

  condition {
    host_header {
      values = ["${each.key}.${var.domain}"]
    }
  }

  condition {
    path_pattern {
      values = each.value.paths
    }
  }
}

resource "aws_lb_target_group" "this" {
  #checkov:skip=CKV_AWS_378:TLS ends at the gateway; tasks accept traffic from its security group only.
  for_each             = var.hosts
  name                 = local.short_names[each.key]
  port                 = each.value.port
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.vpc_id
  deregistration_delay = 30

  health_check {
    path                = each.value.health_path
    matcher             = "200"
    interval            = 30
    timeout             = 10
    healthy_threshold   = 2
    unhealthy_threshold = 5
  }
}

resource "aws_route53_zone" "this" {
  #checkov:skip=CKV2_AWS_38:DNSSEC signs public zones; this one is seen inside the VPC alone.
  #checkov:skip=CKV2_AWS_39:Query logging is for public zones; who calls is in the log of the load balancer.
  name = var.domain

  vpc {
    vpc_id = var.vpc_id
  }
}

resource "aws_route53_record" "this" {
  for_each = var.hosts
  zone_id  = aws_route53_zone.this.zone_id
  name     = "${each.key}.${var.domain}"
  type     = "A"

  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}
