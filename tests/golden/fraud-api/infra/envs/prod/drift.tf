# Drift of the rows that are predicted: alarms, and a training run that is bounded in how often it starts.
module "drift_alarm" {
  source             = "../../modules/drift_alarm"
  name               = local.name
  project            = local.project
  environment        = local.environment
  alarm_topic_arn    = module.alerts.topic_arn
  enable_schedules   = var.enable_schedules
  log_key_arn        = module.security.log_key_arn
  log_retention_days = local.log_retention_days
  batch              = false

  retrain = {
    state_machine_arn = module.orchestrate.pipelines["retrain"]
    pause_hours       = 72
  }
}
