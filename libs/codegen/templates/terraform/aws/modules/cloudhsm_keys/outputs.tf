output "key_arns" {
  description = "Key for each purpose; null until the key store is connected."
  value = local.hardware ? {
    for purpose in var.purposes : purpose => local.keys ? aws_kms_key.this[purpose].arn : null
  } : module.kms.key_arns
}

output "log_key_arn" {
  description = "Key for logs, audit trail and alerts; kept in KMS itself, so that a cluster that is down can still be looked into."
  value       = module.kms.log_key_arn
}

output "cluster_id" {
  description = "Cluster to initialise; null without hardware modules."
  value       = one(aws_cloudhsm_v2_cluster.this[*].cluster_id)
}
