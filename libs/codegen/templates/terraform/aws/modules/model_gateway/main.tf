locals {
  # Load balancers take 32 characters; a longer name keeps its head and gets a hash.
  full_name  = "${var.name}-models"
  short_name = length(local.full_name) <= 32 ? local.full_name : "${substr(local.full_name, 0, 23)}-${substr(sha1(local.full_name), 0, 8)}"
}

resource "aws_lb" "this" {
  #checkov:skip=CKV_AWS_150:Deletion protection is on in prod; other environments are meant to be thrown away.
  name                       = local.short_name
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = var.subnet_ids
  security_groups            = [aws_security_group.this.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.protect
  idle_timeout               = 120

  access_logs {
    bucket  = var.log_bucket
    prefix  = "alb"
    enabled = true
  }
}

# Each model answers under a name of its own; every other name is refused.
resource "aws_lb_listener" "https" {
  count             = var.certificate_arn == "" ? 0 : 1
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "No model has this name."
      status_code  = "404"
    }
  }
}

resource "aws_route53_zone" "this" {
  #checkov:skip=CKV2_AWS_38:DNSSEC signs public zones; this one is seen inside the VPC alone.
  #checkov:skip=CKV2_AWS_39:Query logging is for public zones; who calls which model is in the load balancer's log.
  name = var.domain

  vpc {
    vpc_id = var.vpc_id
  }
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-models-"
  description = "Gateway to the models of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id            = aws_security_group.this.id
  description                  = "HTTPS from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_security_group_egress_rule" "models" {
  security_group_id = aws_security_group.this.id
  description       = "Requests to the models, which accept them from here alone"
  cidr_ipv4         = var.cidr_block
  ip_protocol       = "tcp"
  from_port         = 8000
  to_port           = 8000
}
