module "vpc" {
  source             = "../vpc"
  name               = var.name
  cidr_block         = var.cidr_block
  azs                = max(2, var.size.azs)
  log_key_arn        = var.log_key_arn
  log_retention_days = var.log_retention_days
}

resource "aws_internet_gateway" "this" {
  vpc_id = module.vpc.vpc_id

  tags = { Name = var.name }
}

# Makes the subnets public: what holds a public address gets out, and in only where a security group lets it.
resource "aws_route" "internet" {
  for_each               = toset(module.vpc.zones)
  route_table_id         = module.vpc.private_route_table_ids[each.value]
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  security_group_id = module.vpc.workload_security_group_id
  description       = "HTTPS to AWS APIs and package sources"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
