module "vpc" {
  source             = "../vpc"
  name               = var.name
  cidr_block         = var.cidr_block
  azs                = max(var.subnet_zones, var.size.azs)
  log_key_arn        = var.log_key_arn
  log_retention_days = var.log_retention_days
}

locals {
  nat_zones = slice(module.vpc.zones, 0, min(var.size.nat_gateways, length(module.vpc.zones)))
}

resource "aws_internet_gateway" "this" {
  vpc_id = module.vpc.vpc_id

  tags = { Name = var.name }
}

# Holds the NAT gateways and nothing else.
resource "aws_subnet" "public" {
  for_each          = { for index, zone in local.nat_zones : zone => index }
  vpc_id            = module.vpc.vpc_id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr_block, 4, 8 + each.value)

  tags = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_route_table" "public" {
  vpc_id = module.vpc.vpc_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }

  tags = { Name = "${var.name}-public" }
}

resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.public
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  for_each = aws_subnet.public
  domain   = "vpc"

  tags = { Name = "${var.name}-nat-${each.key}" }
}

resource "aws_nat_gateway" "this" {
  for_each      = aws_subnet.public
  subnet_id     = each.value.id
  allocation_id = aws_eip.nat[each.key].id

  tags = { Name = "${var.name}-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}

# With fewer gateways than zones, the zones take turns.
resource "aws_route" "internet" {
  for_each               = { for index, zone in module.vpc.zones : zone => local.nat_zones[index % length(local.nat_zones)] }
  route_table_id         = module.vpc.private_route_table_ids[each.key]
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  security_group_id = module.vpc.workload_security_group_id
  description       = "HTTPS to AWS APIs and package sources through NAT"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
