module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = var.size.retention_days
  eventbridge    = true
  force_destroy  = var.force_destroy
}
