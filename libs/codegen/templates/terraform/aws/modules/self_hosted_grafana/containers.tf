# Each container writes its settings to the file system and becomes the server; the images stay as their makers built them.
locals {
  shared = {
    essential              = true
    readonlyRootFilesystem = true
    mountPoints            = [{ sourceVolume = "data", containerPath = "/data" }]
  }

  logs = {
    for name in ["alertmanager", "grafana", "prometheus"] : name => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = name
      }
    }
  }

  prometheus = merge(local.shared, {
    name             = "prometheus"
    image            = "${var.repositories["prometheus"]}:${var.image_tags["prometheus"]}"
    portMappings     = [{ containerPort = local.hosts.prometheus.port }]
    logConfiguration = local.logs["prometheus"]
    entryPoint       = ["/bin/sh", "-ec"]
    environment = [
      { name = "CONFIG", value = local.prometheus_config },
      { name = "RULES", value = var.rules },
    ]
    command = [join("\n", [
      "mkdir -p /data/prometheus/tsdb",
      "printf '%s' \"$CONFIG\" > /data/prometheus/prometheus.yml",
      "printf '%s' \"$RULES\" > /data/prometheus/rules.yml",
      join(" ", [
        "exec /bin/prometheus --config.file=/data/prometheus/prometheus.yml --storage.tsdb.path=/data/prometheus/tsdb",
        "--storage.tsdb.retention.time=${var.retention_days}d --storage.tsdb.no-lockfile --web.enable-remote-write-receiver",
      ]),
    ])]
  })

  prometheus_config = yamlencode({
    global         = { scrape_interval = "30s", evaluation_interval = "30s", external_labels = { environment = var.name } }
    rule_files     = ["/data/prometheus/rules.yml"]
    alerting       = { alertmanagers = [{ static_configs = [{ targets = ["localhost:9093"] }] }] }
    scrape_configs = [{ job_name = "observe", static_configs = [{ targets = ["localhost:3000", "localhost:9090", "localhost:9093"] }] }]
  })

  alertmanager = merge(local.shared, {
    name             = "alertmanager"
    image            = "${var.repositories["alertmanager"]}:${var.image_tags["alertmanager"]}"
    logConfiguration = local.logs["alertmanager"]
    entryPoint       = ["/bin/sh", "-ec"]
    environment      = [{ name = "CONFIG", value = local.alertmanager_config }]
    command = [join("\n", [
      "mkdir -p /data/alertmanager",
      "printf '%s' \"$CONFIG\" > /data/alertmanager/alertmanager.yml",
      join(" ", [
        "exec /bin/alertmanager --config.file=/data/alertmanager/alertmanager.yml --storage.path=/data/alertmanager",
        "--cluster.listen-address= --web.listen-address=127.0.0.1:9093",
      ]),
    ])]
  })

  alertmanager_config = yamlencode({
    route     = { receiver = "topic", group_by = ["alertname"], group_wait = "30s", group_interval = "5m", repeat_interval = "4h" }
    receivers = [{ name = "topic", sns_configs = [{ topic_arn = var.alarm_topic_arn, sigv4 = { region = data.aws_region.current.region } }] }]
  })
}
