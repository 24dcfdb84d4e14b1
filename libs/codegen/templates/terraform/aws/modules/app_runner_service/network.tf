data "aws_region" "current" {}

resource "aws_apprunner_vpc_connector" "this" {
  vpc_connector_name = local.short_name
  subnets            = var.subnet_ids
  security_groups    = [var.workload_security_group_id]
}

# Callers reach the service through this endpoint and not otherwise.
resource "aws_vpc_endpoint" "requests" {
  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.${data.aws_region.current.region}.apprunner.requests"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = false
  subnet_ids          = var.subnet_ids
  security_group_ids  = [aws_security_group.callers.id]

  tags = { Name = "${var.name}-apprunner" }
}

resource "aws_apprunner_vpc_ingress_connection" "this" {
  count       = local.enabled
  name        = local.short_name
  service_arn = aws_apprunner_service.this[0].arn

  ingress_vpc_configuration {
    vpc_id          = var.vpc_id
    vpc_endpoint_id = aws_vpc_endpoint.requests.id
  }
}

resource "aws_security_group" "callers" {
  name_prefix = "${var.name}-apprunner-"
  description = "Who may call ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  for_each          = toset(var.client_cidrs)
  security_group_id = aws_security_group.callers.id
  description       = "HTTPS from clients"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
