output "environment" {
  description = "What jobs need to know to connect; the password stays in Secrets Manager."
  value = {
    DATABASE_HOST       = aws_db_instance.this.address
    DATABASE_NAME       = aws_db_instance.this.db_name
    DATABASE_SECRET_ARN = aws_db_instance.this.master_user_secret[0].secret_arn
  }
}

output "access_policy" {
  description = "IAM policy document for jobs that connect."
  value       = data.aws_iam_policy_document.access.json
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_db_instance.this.master_user_secret[0].secret_arn]
  }

  dynamic "statement" {
    for_each = var.secret_key_arn == null ? [] : [var.secret_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}
