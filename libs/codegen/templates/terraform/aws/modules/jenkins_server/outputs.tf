output "url" {
  description = "Where Jenkins answers."
  value       = module.gateway.urls["jenkins"]
}

output "secret_arn" {
  description = "Where the passwords belong."
  value       = aws_secretsmanager_secret.this.arn
}
