output "vpc_id" {
  description = "The VPC."
  value       = module.nat.vpc_id
}

output "cidr_block" {
  description = "Its address range."
  value       = module.nat.cidr_block
}

output "private_subnet_ids" {
  description = "One private subnet in each zone."
  value       = module.nat.private_subnet_ids
}

output "workload_security_group_id" {
  description = "Security group of every task and function."
  value       = module.nat.workload_security_group_id
}
