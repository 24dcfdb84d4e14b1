output "key_arns" {
  description = "Null for each purpose: services use their AWS-managed key."
  value       = { for purpose in var.purposes : purpose => local.key_arn }
}

output "log_key_arn" {
  description = "Null: services use their AWS-managed encryption."
  value       = local.key_arn
}
