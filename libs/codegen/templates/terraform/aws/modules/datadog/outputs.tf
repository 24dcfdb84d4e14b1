output "dashboard" {
  description = "Dashboards of this environment at Datadog."
  value       = "${local.pages}/dashboard/lists?q=${var.name}"
}

output "secret_arn" {
  description = "Where the API key belongs."
  value       = aws_secretsmanager_secret.this.arn
}

output "integration_role_arn" {
  description = "Role to name on Datadog's page of the AWS integration; null without an external id."
  value       = one(aws_iam_role.integration[*].arn)
}
