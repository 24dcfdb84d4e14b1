output "host" {
  description = "Address of the instance that takes writes."
  value       = aws_rds_cluster.this.endpoint
}

output "database" {
  description = "Name of the database."
  value       = aws_rds_cluster.this.database_name
}

output "secret_arn" {
  description = "Secret with user and password."
  value       = aws_rds_cluster.this.master_user_secret[0].secret_arn
}

output "cluster_arn" {
  description = "ARN of the cluster."
  value       = aws_rds_cluster.this.arn
}

output "environment" {
  description = "What jobs need to know to connect; the password stays in Secrets Manager."
  value = merge(
    {
      "${var.variable_prefix}DATABASE_HOST"       = aws_rds_cluster.this.endpoint
      "${var.variable_prefix}DATABASE_NAME"       = aws_rds_cluster.this.database_name
      "${var.variable_prefix}DATABASE_SECRET_ARN" = aws_rds_cluster.this.master_user_secret[0].secret_arn
    },
    var.variable_prefix == "VECTOR_" ? { VECTOR_STORE_KIND = "pgvector" } : {},
    var.retention_days == null ? {} : { RECORDS_RETENTION_DAYS = tostring(var.retention_days) },
  )
}

output "access_policy" {
  description = "IAM policy document for jobs that connect."
  value       = data.aws_iam_policy_document.access.json
}

output "read_policy" {
  description = "IAM policy document of who reads; what a user may do is the database's own matter."
  value       = data.aws_iam_policy_document.access.json
}

output "write_policy" {
  description = "IAM policy document of who writes; what a user may do is the database's own matter."
  value       = data.aws_iam_policy_document.access.json
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_rds_cluster.this.master_user_secret[0].secret_arn]
  }

  dynamic "statement" {
    for_each = var.secret_key_arn == null ? [] : [var.secret_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}
