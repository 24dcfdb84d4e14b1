data "aws_availability_zones" "available" {
  #checkov:skip=CKV_AWS_394:Only the first zones by name are used; a zone AWS adds sorts behind them and changes nothing.
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  zones = slice(data.aws_availability_zones.available.names, 0, 2)
}

# A network of its own: the only thing in it is the endpoint that partners reach.
resource "aws_vpc" "this" {
  cidr_block           = "192.168.255.0/24"
  enable_dns_hostnames = true
  enable_dns_support   = true

  tags = { Name = "${var.name}-sftp" }
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.this.id
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-sftp" }
}

resource "aws_subnet" "this" {
  for_each          = { for index, zone in local.zones : zone => index }
  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 2, each.value)

  tags = { Name = "${var.name}-sftp-${each.key}" }
}

resource "aws_route_table" "this" {
  vpc_id = aws_vpc.this.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }

  tags = { Name = "${var.name}-sftp" }
}

resource "aws_route_table_association" "this" {
  for_each       = aws_subnet.this
  subnet_id      = each.value.id
  route_table_id = aws_route_table.this.id
}

resource "aws_eip" "this" {
  #checkov:skip=CKV2_AWS_19:The addresses belong to the SFTP endpoint, which takes them through its address allocations.
  for_each = aws_subnet.this
  domain   = "vpc"

  tags = { Name = "${var.name}-sftp-${each.key}" }
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:Worn by the endpoint of the SFTP server, which takes it in its endpoint details.
  name_prefix = "${var.name}-sftp-"
  description = "SFTP endpoint of ${var.name}"
  vpc_id      = aws_vpc.this.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = toset(var.partner_cidrs)
  security_group_id = aws_security_group.this.id
  description       = "SFTP from a partner"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
