data "aws_caller_identity" "current" {}

locals {
  project      = "fraud-api"
  environments = ["dev", "staging", "prod"]
  account_id   = data.aws_caller_identity.current.account_id
}

module "logs" {
  source         = "../modules/log_bucket"
  name           = "${local.project}-state-logs-${local.account_id}"
  retention_days = 365
  force_destroy  = false
}

# Versioned, so that a broken state can be taken back.
module "state" {
  source        = "../modules/bucket"
  name          = "${local.project}-tfstate-${local.account_id}"
  kms_key_arn   = null
  log_bucket    = module.logs.id
  force_destroy = false
}

module "ci" {
  source           = "../modules/github_actions"
  project          = local.project
  environments     = local.environments
  repository       = var.repository
  state_bucket_arn = module.state.arn
  state_policy     = data.aws_iam_policy_document.state.json
  owner_id         = var.owner_id
  repository_id    = var.repository_id
}

data "aws_iam_policy_document" "state" {
  source_policy_documents = [module.state.read_policy]

  # A plan writes nothing but its lock: a file beside the state that is removed when the run ends.
  statement {
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = ["${module.state.arn}/*.tflock"]
  }
}
