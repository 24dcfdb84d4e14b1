# The agent of EKS puts a pod's line below `log_processed`, where CloudWatch does not read the embedded metric format: the
# same metrics are taken out of it here.
resource "aws_cloudwatch_log_metric_filter" "pods" {
  for_each       = var.pod_log_group == null ? [] : toset(["DriftAlarm", "QualityAlarm"])
  name           = "${var.name}-${each.value}"
  log_group_name = var.pod_log_group
  pattern        = "{ $.log_processed.${each.value} >= 0 }"

  metric_transformation {
    name       = each.value
    namespace  = var.project
    value      = "$.log_processed.${each.value}"
    unit       = "Count"
    dimensions = { Environment = "$.log_processed.Environment" }
  }
}
