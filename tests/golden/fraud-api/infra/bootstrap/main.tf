data "aws_caller_identity" "current" {}

locals {
  project      = "fraud-api"
  environments = var.environments
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

# Of the account, not of an environment: jobs of SageMaker write their logs here and nowhere else, and what SageMaker makes itself is kept
# for ever. Other work of the account may write here too, so the groups outlast this configuration.
resource "aws_cloudwatch_log_group" "jobs" {
  for_each          = toset(["TrainingJobs"])
  name              = "/aws/sagemaker/${each.value}"
  retention_in_days = local.log_retention_days
  kms_key_id        = module.keys.log_key_arn
  skip_destroy      = true
}

module "keys" {
  source   = "../modules/customer_managed_keys"
  name     = "${local.project}-shared"
  purposes = []

  deletion_window_days = 30
}

locals {
  # CloudWatch takes certain numbers of days only: the smallest that covers the retention rule.
  log_retention_days = min([
    for days in [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] :
    days if days >= min(365, 3653)
  ]...)
}

data "aws_iam_policy_document" "state" {
  source_policy_documents = [module.state.read_policy]

  # A plan writes nothing but its lock: a file beside the state that is removed when the run ends.
  statement {
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = ["${module.state.arn}/*.tflock"]
  }

  # Terraform has a changed definition checked while it plans, and the right to it knows no machine of its own.
  statement {
    actions   = ["states:ValidateStateMachineDefinition"]
    resources = ["arn:aws:states:us-east-1:${local.account_id}:stateMachine:*"]
  }
}
