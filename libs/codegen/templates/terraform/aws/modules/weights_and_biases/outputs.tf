output "environment" {
  description = "What jobs need to know to record runs; the key stays in Secrets Manager."
  value = {
    WANDB_PROJECT    = var.name
    WANDB_SECRET_ARN = aws_secretsmanager_secret.this.arn
  }
}

output "access_policy" {
  description = "IAM policy document for jobs that record runs."
  value       = data.aws_iam_policy_document.access.json
}
