locals {
  enabled = var.source_secret_arn != ""

  # What DMS knows of each engine: MySQL and its kin have TLS with a certificate only, SQL Server checks it with the name of the host.
  ssl_mode = {
    aurora            = "verify-ca"
    aurora-postgresql = local.certified ? "verify-ca" : "require"
    mariadb           = "verify-ca"
    mysql             = "verify-ca"
    oracle            = "none"
    postgres          = local.certified ? "verify-ca" : "require"
    sqlserver         = local.certified ? "verify-full" : "require"
  }[var.source_engine]

  certified = var.source_ca_certificate != ""
}

resource "aws_dms_replication_config" "this" {
  count                         = local.enabled ? 1 : 0
  replication_config_identifier = "${var.name}-landing"
  resource_identifier           = "${var.name}-landing"
  replication_type              = "full-load-and-cdc"
  source_endpoint_arn           = aws_dms_endpoint.source[0].endpoint_arn
  target_endpoint_arn           = aws_dms_s3_endpoint.landing.endpoint_arn
  start_replication             = true

  table_mappings = jsonencode({
    rules = [
      for index, table in var.source_tables : {
        "rule-type"      = "selection"
        "rule-id"        = tostring(index + 1)
        "rule-name"      = "table-${index + 1}"
        "rule-action"    = "include"
        "object-locator" = { "schema-name" = split(".", table)[0], "table-name" = split(".", table)[1] }
      }
    ]
  })

  replication_settings = jsonencode({
    Logging       = { EnableLogging = true }
    ErrorBehavior = { FailOnNoTablesCaptured = true, DataErrorPolicy = "LOG_ERROR", TableErrorPolicy = "SUSPEND_TABLE" }
  })

  compute_config {
    replication_subnet_group_id = aws_dms_replication_subnet_group.this.id
    vpc_security_group_ids      = [aws_security_group.this.id, var.workload_security_group_id]
    min_capacity_units          = var.size.min_dcu
    max_capacity_units          = var.size.max_dcu
    multi_az                    = var.size.multi_az
    kms_key_id                  = var.kms_key_arn
  }
}

resource "aws_dms_endpoint" "source" {
  count         = local.enabled ? 1 : 0
  endpoint_id   = "${var.name}-source"
  endpoint_type = "source"
  engine_name   = var.source_engine
  database_name = var.source_database
  ssl_mode      = local.ssl_mode
  kms_key_arn   = var.kms_key_arn

  certificate_arn                 = startswith(local.ssl_mode, "verify") ? aws_dms_certificate.source[0].certificate_arn : null
  secrets_manager_arn             = var.source_secret_arn
  secrets_manager_access_role_arn = aws_iam_role.secret[0].arn
}

resource "aws_dms_certificate" "source" {
  count           = local.enabled && local.certified ? 1 : 0
  certificate_id  = "${var.name}-source"
  certificate_pem = var.source_ca_certificate
}

resource "aws_dms_s3_endpoint" "landing" {
  endpoint_id             = "${var.name}-landing"
  endpoint_type           = "target"
  bucket_name             = module.bucket.id
  bucket_folder           = "events"
  service_access_role_arn = aws_iam_role.landing.arn
  expected_bucket_owner   = data.aws_caller_identity.current.account_id

  data_format                      = "parquet"
  parquet_version                  = "parquet-2-0"
  parquet_timestamp_in_millisecond = true
  date_partition_enabled           = true
  timestamp_column_name            = "changed_at"

  # A change during the full load has a later time than the row that the load has copied.
  use_task_start_time_for_full_load_timestamp = true

  cdc_max_batch_interval = 60
  cdc_min_file_size      = 32000

  # Each row says what became of it, in the column Op: I, U or D.
  include_op_for_full_load = true

  # SSE_KMS wants a key to be named: without one of one's own S3 encrypts with its own.
  encryption_mode                   = var.kms_key_arn == null ? "SSE_S3" : "SSE_KMS"
  server_side_encryption_kms_key_id = var.kms_key_arn
  kms_key_arn                       = var.kms_key_arn
}

module "bucket" {
  source         = "../bucket"
  name           = var.bucket_name
  kms_key_arn    = var.kms_key_arn
  log_bucket     = var.log_bucket
  retention_days = length(var.expiring) > 0 ? 0 : var.landing_retention_days
  expiring       = merge({ "current/" = 120 }, var.expiring)
  eventbridge    = true
  force_destroy  = var.force_destroy
}
