module "bucket" {
  source        = "../bucket"
  name          = var.bucket_name
  kms_key_arn   = var.kms_key_arn
  log_bucket    = var.log_bucket
  force_destroy = var.force_destroy
}
