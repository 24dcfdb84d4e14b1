data "aws_caller_identity" "current" {}

locals {
  project     = "fraud-api"
  environment = "staging"
  name        = "${local.project}-${local.environment}"
  account_id  = data.aws_caller_identity.current.account_id

  # prod keeps its data when someone runs terraform destroy; the other environments are meant to be thrown away.
  protect = false

  # CloudWatch takes certain numbers of days only: the smallest that covers the retention rule.
  log_retention_days = min([
    for days in [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] :
    days if days >= min(365, 3653)
  ]...)

  # Half of what prod may cost.
  budget_usd_month = 2500

  # Sizes as planned, scaled down to what staging needs.
  sizes = {
    ingest  = { retention_days = 30 }
    network = { azs = 2 }
    process = { hours_per_run = 0.5, memory_gb = 8, vcpu = 2 }
    serve   = { max_tasks = 4, memory_gb = 2, min_tasks = 2, target_cpu_pct = 60, vcpu = 1 }
    store   = { retention_days = 90, storage_gb = 200 }
    train   = { hours_per_run = 0.5, instance_type = "ml.m5.xlarge" }
  }
}
