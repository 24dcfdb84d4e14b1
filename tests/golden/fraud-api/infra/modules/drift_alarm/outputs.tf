output "widgets" {
  description = "Metrics for the dashboard."
  value = [{
    title   = "Drift and quality: ${var.batch ? "a check had an alarm" : "share of checks with an alarm"}"
    metrics = [for metric in ["DriftAlarm", "QualityAlarm"] : [var.project, metric, "Environment", var.environment]]
    stat    = local.statistic
  }]
}
