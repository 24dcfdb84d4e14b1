data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  hardware = var.size.hsm_count > 0
  # A store can only be made of a cluster that people initialised, and keys only in a store that they connected.
  store = local.hardware && contains(["key store", "keys"], var.phase)
  keys  = local.hardware && var.phase == "keys"
}

resource "aws_cloudhsm_v2_cluster" "this" {
  count      = local.hardware ? 1 : 0
  hsm_type   = "hsm2m.medium"
  mode       = "FIPS"
  subnet_ids = var.subnet_ids

  tags = { Name = var.name }
}

# The first module is what the cluster is initialised with, and the only one that it takes before; the others copy it.
resource "aws_cloudhsm_v2_hsm" "this" {
  count      = var.phase == "cluster" ? min(1, var.size.hsm_count) : var.size.hsm_count
  cluster_id = aws_cloudhsm_v2_cluster.this[0].cluster_id
  subnet_id  = var.subnet_ids[count.index % length(var.subnet_ids)]
}

resource "aws_kms_custom_key_store" "this" {
  count                    = local.store ? 1 : 0
  custom_key_store_name    = var.name
  cloud_hsm_cluster_id     = aws_cloudhsm_v2_cluster.this[0].cluster_id
  key_store_password       = var.phase == "key store" ? var.key_store_password : "known to KMS alone"
  trust_anchor_certificate = var.trust_anchor_certificate

  # It is needed once: KMS gives kmsuser another one when the store is connected.
  lifecycle {
    ignore_changes = [key_store_password]
  }

  depends_on = [aws_cloudhsm_v2_hsm.this]
}

resource "aws_kms_key" "this" {
  #checkov:skip=CKV_AWS_7:KMS does not rotate keys of a custom key store; the team does so by hand, as the README says.
  for_each                = toset(local.keys ? var.purposes : [])
  description             = "${each.value} of ${var.name}, in hardware modules of its own"
  custom_key_store_id     = aws_kms_custom_key_store.this[0].id
  deletion_window_in_days = var.deletion_window_days
  policy                  = each.value == "data" ? module.kms.data_policy : data.aws_iam_policy_document.account.json
}

resource "aws_kms_alias" "this" {
  for_each      = aws_kms_key.this
  name          = "alias/${var.name}-hsm-${each.key}"
  target_key_id = each.value.key_id
}

# Logs, trail and alerts, and every key of an environment without hardware modules.
module "kms" {
  source               = "../customer_managed_keys"
  name                 = var.name
  purposes             = local.hardware ? [] : var.purposes
  deletion_window_days = var.deletion_window_days
  vector_buckets       = var.vector_buckets
}

# Who may use the key is decided by the IAM policies of this account.
data "aws_iam_policy_document" "account" {
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

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  count               = local.hardware ? 1 : 0
  alarm_name          = "${var.name}-hsm-unhealthy"
  alarm_description   = "A hardware module does not work: below two KMS cannot make keys, without any nothing can be decrypted."
  namespace           = "AWS/CloudHSM"
  metric_name         = "HsmUnhealthy"
  dimensions          = { ClusterId = aws_cloudhsm_v2_cluster.this[0].cluster_id }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
