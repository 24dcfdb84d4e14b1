output "plan_role_arn" {
  description = "Role of plan jobs."
  value       = aws_iam_role.plan.arn
}

output "deploy_role_arns" {
  description = "Role of the deploy job of each environment."
  value       = { for environment, role in aws_iam_role.deploy : environment => role.arn }
}
