output "dashboard" {
  description = "Where Grafana answers."
  value       = module.gateway.urls["grafana"]
}

output "remote_write_url" {
  description = "Where collectors write metrics; who reaches the gateway may."
  value       = "${module.gateway.urls["prometheus"]}/api/v1/write"
}

output "secret_arn" {
  description = "Where the first password of Grafana's administrator belongs."
  value       = aws_secretsmanager_secret.admin.arn
}
