# Files are dropped where nothing has to run.
module "ingest" {
  source        = "../../modules/s3_landing"
  bucket_name   = "${local.name}-landing-${local.account_id}"
  size          = local.sizes.ingest
  kms_key_arn   = module.security.key_arns["data"]
  log_bucket    = module.logs.id
  force_destroy = !local.protect
}

# Storage that is paid for by what lies in it.
module "store" {
  source = "../../modules/s3_lake"
  name   = local.name
  size   = local.sizes.store

  bucket_name   = "${local.name}-lake-${local.account_id}"
  kms_key_arn   = module.security.key_arns["data"]
  log_bucket    = module.logs.id
  force_destroy = !local.protect
}

# The request carries its features; nothing is kept online.
module "features" {
  source = "../../modules/offline_parquet"

  bucket_name   = "${local.name}-features-${local.account_id}"
  kms_key_arn   = module.security.key_arns["data"]
  log_bucket    = module.logs.id
  force_destroy = !local.protect
}

# A container that is paid for while it runs.
module "process" {
  source = "../../modules/container_task"
  name   = "${local.name}-process"
  size   = local.sizes.process

  cluster_arn        = module.cluster.arn
  image              = local.train_image
  command            = ["process"]
  environment        = local.environment_variables
  policies           = local.process_policies
  subnet_ids         = module.network.private_subnet_ids
  security_group_id  = module.network.workload_security_group_id
  log_key_arn        = module.security.log_key_arn
  log_retention_days = local.log_retention_days
}
