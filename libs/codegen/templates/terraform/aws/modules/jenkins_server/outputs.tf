output "url" {
  description = "Where Jenkins answers."
  value       = module.gateway.urls["jenkins"]
}

output "secret_arn" {
  description = "Where the passwords belong."
  value       = aws_secretsmanager_secret.this.arn
}

output "build_variables" {
  description = "Environment variables of ci/image.sh, for a person who makes an image by hand."
  value       = local.build_variables
}
