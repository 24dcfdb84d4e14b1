locals {
  # Without its note a file that is still there would be scored again. S3 removes what has expired when it comes to it:
  # hence a month more.
  expiring = merge(
    { "curated/" = var.size.retention_days },
    { for days in [var.landed_days] : "scored/" => days + 30 if days > 0 },
  )
}

module "bucket" {
  source        = "../bucket"
  name          = var.bucket_name
  kms_key_arn   = var.kms_key_arn
  log_bucket    = var.log_bucket
  expiring      = local.expiring
  force_destroy = var.force_destroy
}
