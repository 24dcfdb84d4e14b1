<<<<<<< HEAD
data "aws_region" "current" {}

locals {
  # SageMaker names the endpoint of its MLflow servers in its own way.
  renamed = { "sagemaker.experiments" = "aws.sagemaker.${data.aws_region.current.region}.experiments" }
}

=======
>>>>>>> h-tfc
module "vpc" {
  source             = "../vpc"
  name               = var.name
  cidr_block         = var.cidr_block
  azs                = max(2, var.size.azs)
  log_key_arn        = var.log_key_arn
  log_retention_days = var.log_retention_days
}

<<<<<<< HEAD
resource "aws_vpc_endpoint" "interface" {
  for_each            = toset(var.interface_services)
  vpc_id              = module.vpc.vpc_id
  service_name        = lookup(local.renamed, each.value, "com.amazonaws.${data.aws_region.current.region}.${each.value}")
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = slice(module.vpc.private_subnet_ids, 0, var.size.azs)
  security_group_ids  = [aws_security_group.endpoints.id]

  tags = { Name = "${var.name}-${each.value}" }
}

resource "aws_security_group" "endpoints" {
  name_prefix = "${var.name}-endpoints-"
  description = "AWS APIs reached from ${var.name}"
  vpc_id      = module.vpc.vpc_id

  tags = { Name = "${var.name}-endpoints" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "HTTPS from tasks and functions"
  referenced_security_group_id = module.vpc.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
=======
module "endpoints" {
  source                     = "../interface_endpoints"
  name                       = var.name
  vpc_id                     = module.vpc.vpc_id
  subnet_ids                 = slice(module.vpc.private_subnet_ids, 0, var.size.azs)
  workload_security_group_id = module.vpc.workload_security_group_id
  interface_services         = var.interface_services
>>>>>>> h-tfc
}
