output "plan_role_arn" {
  description = "Role of plan jobs."
  value       = module.roles.plan_role_arn
}

output "deploy_role_arns" {
  description = "Role of the deploy job of each environment."
  value       = module.roles.deploy_role_arns
}
