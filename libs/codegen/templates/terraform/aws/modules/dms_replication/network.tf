resource "aws_dms_replication_subnet_group" "this" {
  replication_subnet_group_id          = var.name
  replication_subnet_group_description = "Private subnets of ${var.name}"
  subnet_ids                           = var.subnet_ids
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:Worn by the serverless replication, which takes it in its compute configuration.
  name_prefix = "${var.name}-dms-"
  description = "Replication of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

# The rest, S3 and AWS APIs, goes the way of every workload.
resource "aws_vpc_security_group_egress_rule" "source" {
  for_each          = toset(var.source_cidrs)
  security_group_id = aws_security_group.this.id
  description       = "The source database"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = var.source_port
  to_port           = var.source_port
}
