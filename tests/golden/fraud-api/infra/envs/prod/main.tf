# No way to the internet, and no NAT to pay for.
module "network" {
  source             = "../../modules/private_endpoints"
  name               = local.name
  size               = local.sizes.network
  cidr_block         = var.vpc_cidr
  log_key_arn        = module.security.log_key_arn
  log_retention_days = local.log_retention_days

  interface_services = [
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "monitoring",
    "sagemaker.api",
    "sts",
  ]
}

# Keys, their use and their rotation are one's own.
module "security" {
  source   = "../../modules/customer_managed_keys"
  name     = local.name
  purposes = ["artifacts", "data"]

  deletion_window_days = local.protect ? 30 : 7
}

module "alerts" {
  source           = "../../modules/alerts"
  name             = local.name
  kms_key_arn      = module.security.log_key_arn
  email            = var.alert_email
  budget_usd_month = local.budget_usd_month
}

module "logs" {
  source         = "../../modules/log_bucket"
  name           = "${local.name}-logs-${local.account_id}"
  trail_names    = ["${local.name}-trail"]
  retention_days = local.log_retention_days
  force_destroy  = !local.protect
}

module "audit_trail" {
  source             = "../../modules/audit_trail"
  trail_name         = "${local.name}-trail"
  log_bucket         = module.logs.id
  kms_key_arn        = module.security.log_key_arn
  log_retention_days = local.log_retention_days

  data_bucket_arns = [
    module.artifacts.arn,
    module.ingest.bucket.arn,
    module.store.bucket.arn,
    module.features.bucket_arn,
  ]
}

module "artifacts" {
  source        = "../../modules/bucket"
  name          = "${local.name}-artifacts-${local.account_id}"
  kms_key_arn   = module.security.key_arns["artifacts"]
  log_bucket    = module.logs.id
  force_destroy = !local.protect
}

module "images" {
  source        = "../../modules/container_registry"
  name          = local.name
  repositories  = ["serve", "train"]
  kms_key_arn   = module.security.key_arns["artifacts"]
  force_destroy = !local.protect
}

# Shared by every container task of the environment.
module "cluster" {
  source = "../../modules/container_cluster"
  name   = local.name
}
