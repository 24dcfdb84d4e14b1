output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "cidr_block" {
  description = "Its address range."
  value       = aws_vpc.this.cidr_block
}

output "zones" {
  description = "Availability zones in use."
  value       = local.zones
}

output "private_subnet_ids" {
  description = "One private subnet in each zone."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "private_route_table_ids" {
  description = "Route table of the private subnet of each zone."
  value       = { for zone, table in aws_route_table.private : zone => table.id }
}

output "workload_security_group_id" {
  description = "Security group of every task and function."
  value       = aws_security_group.workload.id
}
