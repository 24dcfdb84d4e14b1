data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

# A key belongs to one region: the copy has its own.
resource "aws_kms_key" "replica" {
  count                   = var.replica_region != null && var.customer_managed_keys ? 1 : 0
  region                  = var.replica_region
  description             = "Copy of the features of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = var.protect ? 30 : 7
  policy                  = data.aws_iam_policy_document.replica_key.json
}

# Who may use the key is decided by the IAM policies of this account.
data "aws_iam_policy_document" "replica_key" {
  #checkov:skip=CKV_AWS_109:In a key policy the resource "*" means this key; without the account statement nobody could manage it.
  #checkov:skip=CKV_AWS_111:As above: the statement hands the decision to IAM policies of this account.
  #checkov:skip=CKV_AWS_356:As above: "*" is this key.
  statement {
    sid       = "AccountDecidesByIam"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}
