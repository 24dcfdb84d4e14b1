# Worn by every task and function: it can call out, nothing can call in.
resource "aws_security_group" "workload" {
  #checkov:skip=CKV2_AWS_5:Attached by the modules that run workloads.
  name_prefix = "${var.name}-workload-"
  description = "Tasks and functions of ${var.name}"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-workload" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "vpc" {
  security_group_id = aws_security_group.workload.id
  description       = "Databases, caches and endpoints inside the VPC"
  cidr_ipv4         = aws_vpc.this.cidr_block
  ip_protocol       = "tcp"
  from_port         = 0
  to_port           = 65535
}

resource "aws_vpc_security_group_egress_rule" "gateway" {
  for_each          = aws_vpc_endpoint.gateway
  security_group_id = aws_security_group.workload.id
  description       = "HTTPS to ${each.key} through its gateway endpoint"
  prefix_list_id    = each.value.prefix_list_id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
