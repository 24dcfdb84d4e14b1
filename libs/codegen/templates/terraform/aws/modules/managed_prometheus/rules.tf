# Prometheus evaluates the rules itself; what rings goes to the topic of every other alarm.
resource "aws_prometheus_rule_group_namespace" "this" {
  count        = var.rules == "" ? 0 : 1
  name         = "service"
  workspace_id = aws_prometheus_workspace.this.id
  data         = var.rules
}

resource "aws_prometheus_alert_manager_definition" "this" {
  count        = var.rules == "" ? 0 : 1
  workspace_id = aws_prometheus_workspace.this.id

  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = { receiver = "topic", group_by = ["alertname"], group_wait = "30s", group_interval = "5m", repeat_interval = "4h" }
      receivers = [{
        name = "topic"
        sns_configs = [{
          topic_arn = var.alarm_topic_arn
          subject   = "Prometheus of ${var.name}"
          sigv4     = { region = data.aws_region.current.region }
        }]
      }]
    })
  })
}

data "aws_region" "current" {}
