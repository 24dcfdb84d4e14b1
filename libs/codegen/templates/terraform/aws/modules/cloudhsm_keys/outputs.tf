output "key_arns" {
  description = "Key for each purpose."
  value       = local.hardware ? { for purpose, key in aws_kms_key.this : purpose => key.arn } : module.kms.key_arns

  # What is made under another key would be made anew later, with all that it holds.
  precondition {
    condition     = !local.hardware || local.keys
    error_message = "The keys of this environment are not made yet: infra/modules/cloudhsm_keys/README.md says what comes before everything else."
  }
}

output "log_key_arn" {
  description = "Key for logs, audit trail and alerts; kept in KMS itself, so that a cluster that is down can still be looked into."
  value       = module.kms.log_key_arn
}

output "cluster_id" {
  description = "Cluster to initialise; null without hardware modules."
  value       = one(aws_cloudhsm_v2_cluster.this[*].cluster_id)
}
