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
