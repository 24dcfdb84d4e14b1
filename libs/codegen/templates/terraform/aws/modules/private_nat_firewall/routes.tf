# Out: private subnet, firewall, NAT gateway, internet gateway. Back the same way, so that the firewall sees both directions.
resource "aws_route" "to_firewall" {
  for_each               = { for index, zone in module.vpc.zones : zone => local.nat_zones[index % length(local.nat_zones)] }
  route_table_id         = module.vpc.private_route_table_ids[each.key]
  destination_cidr_block = "0.0.0.0/0"
  vpc_endpoint_id        = local.firewall_endpoints[each.value]
}

resource "aws_route_table" "firewall" {
  for_each = aws_subnet.firewall
  vpc_id   = module.vpc.vpc_id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this[each.key].id
  }

  tags = { Name = "${var.name}-firewall-${each.key}" }
}

resource "aws_route_table_association" "firewall" {
  for_each       = aws_subnet.firewall
  subnet_id      = each.value.id
  route_table_id = aws_route_table.firewall[each.key].id
}

resource "aws_route_table" "public" {
  for_each = aws_subnet.public
  vpc_id   = module.vpc.vpc_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }

  # Answers for the private subnets, zone by zone, pass the firewall that saw the question.
  dynamic "route" {
    for_each = { for index, zone in module.vpc.zones : zone => index if local.nat_zones[index % length(local.nat_zones)] == each.key }

    content {
      cidr_block      = cidrsubnet(var.cidr_block, 4, route.value)
      vpc_endpoint_id = local.firewall_endpoints[each.key]
    }
  }

  tags = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_route_table_association" "public" {
  for_each       = aws_subnet.public
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public[each.key].id
}

resource "aws_vpc_security_group_egress_rule" "internet" {
  security_group_id = module.vpc.workload_security_group_id
  description       = "HTTPS to the domains that the firewall lets through"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
