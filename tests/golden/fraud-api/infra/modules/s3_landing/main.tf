module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.size.retention_days
  expiring       = var.expiring
  eventbridge    = true
  force_destroy  = var.force_destroy
}
