output "state_bucket" {
  description = "Bucket of the Terraform state; the scripts of CI know it by the account in its name."
  value       = module.state.id
}

output "plan_role_arn" {
  description = "Role that CI takes to plan."
  value       = module.ci.plan_role_arn
}

output "deploy_role_arns" {
  description = "Role that CI takes to deploy each environment."
  value       = module.ci.deploy_role_arns
}
