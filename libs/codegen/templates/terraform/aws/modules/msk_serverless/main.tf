resource "aws_msk_serverless_cluster" "this" {
  cluster_name = var.name

  vpc_config {
    subnet_ids         = slice(var.subnet_ids, 0, min(3, length(var.subnet_ids)))
    security_group_ids = [aws_security_group.this.id]
  }

  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
}

resource "aws_security_group" "this" {
  #checkov:skip=CKV2_AWS_5:Worn by the serverless cluster, which takes it in its network configuration.
  name_prefix = "${var.name}-kafka-"
  description = "Kafka of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "Kafka with IAM from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 9098
  to_port                      = 9098
}

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
  kafka_name                 = aws_msk_serverless_cluster.this.cluster_name
  kafka_arn                  = aws_msk_serverless_cluster.this.arn
  bootstrap_servers          = aws_msk_serverless_cluster.this.bootstrap_brokers_sasl_iam
  partitions                 = var.size.partitions
  copies                     = 3
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
