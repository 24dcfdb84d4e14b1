module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = var.size.retention_days
  force_destroy  = var.force_destroy
}

resource "aws_glue_catalog_database" "this" {
  name         = replace(var.name, "-", "_")
  description  = "Tables of ${var.name}"
  location_uri = "s3://${module.bucket.id}/curated/"
}
