module "database" {
  source                     = "../aurora_postgres"
  name                       = "${var.name}-features"
  database                   = "features"
  size                       = var.size
  vpc_id                     = var.vpc_id
  subnet_ids                 = var.subnet_ids
  workload_security_group_id = var.workload_security_group_id
  kms_key_arn                = var.kms_key_arn
  secret_key_arn             = var.secret_key_arn
  log_key_arn                = var.log_key_arn
  log_retention_days         = var.log_retention_days
  alarm_topic_arn            = var.alarm_topic_arn
  protect                    = var.protect
}
