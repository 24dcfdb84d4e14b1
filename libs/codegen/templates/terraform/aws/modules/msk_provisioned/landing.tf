module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.landing_retention_days
  expiring       = var.expiring
  eventbridge    = true
  force_destroy  = var.force_destroy
}

module "sink" {
  source                     = "../kafka_sink"
  name                       = "${var.name}-connect"
  enabled                    = var.enabled
  image                      = var.image
  vcpu                       = var.size.connector_vcpu
  kafka_name                 = aws_msk_cluster.this.cluster_name
  kafka_arn                  = aws_msk_cluster.this.arn
  bootstrap_servers          = aws_msk_cluster.this.bootstrap_brokers_sasl_iam
  partitions                 = local.brokers * 4
  copies                     = local.copies
  retention_hours            = var.size.retention_hours
  bucket                     = module.bucket.id
  bucket_policy              = module.bucket.write_policy
  cluster_arn                = var.cluster_arn
  subnet_ids                 = var.subnet_ids
  workload_security_group_id = var.workload_security_group_id
  log_key_arn                = var.log_key_arn
  log_retention_days         = var.log_retention_days
  alarm_topic_arn            = var.alarm_topic_arn
}
