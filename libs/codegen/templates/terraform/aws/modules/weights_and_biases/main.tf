resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:The key is issued by another company, which a rotation function of this account cannot ask for a new one.
  name                    = "${var.name}/wandb"
  description             = "API key of the Weights & Biases service account of ${var.name}"
  kms_key_id              = var.secret_key_arn
  recovery_window_in_days = var.protect ? 30 : 7
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this.arn]
  }

  dynamic "statement" {
    for_each = var.secret_key_arn == null ? [] : [var.secret_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}
