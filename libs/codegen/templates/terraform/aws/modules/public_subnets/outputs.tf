output "vpc_id" {
  description = "The VPC."
  value       = module.vpc.vpc_id
}

output "cidr_block" {
  description = "Its address range."
  value       = module.vpc.cidr_block
}

output "private_subnet_ids" {
  description = "One subnet in each zone; tasks there need a public address of their own to get out."
  value       = module.vpc.private_subnet_ids
}

output "workload_security_group_id" {
  description = "Security group of every task and function."
  value       = module.vpc.workload_security_group_id
}
