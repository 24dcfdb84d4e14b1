locals {
  grafana = merge(local.shared, {
    name             = "grafana"
    image            = "${var.repositories["grafana"]}:${var.image_tags["grafana"]}"
    portMappings     = [{ containerPort = local.hosts.grafana.port }]
    logConfiguration = local.logs["grafana"]
    entryPoint       = ["/bin/sh", "-ec"]
    secrets          = [{ name = "GF_SECURITY_ADMIN_PASSWORD", valueFrom = aws_secretsmanager_secret.admin.arn }]
    environment = concat(
      [
        { name = "DATA_SOURCES", value = local.data_sources },
        { name = "PROVIDERS", value = local.providers },
        { name = "GF_ANALYTICS_CHECK_FOR_UPDATES", value = "false" },
        { name = "GF_ANALYTICS_REPORTING_ENABLED", value = "false" },
        { name = "GF_PATHS_DATA", value = "/data/grafana" },
        { name = "GF_PATHS_LOGS", value = "/data/grafana/log" },
        { name = "GF_PATHS_PLUGINS", value = "/data/grafana/plugins" },
        { name = "GF_PATHS_PROVISIONING", value = "/data/grafana/provisioning" },
        { name = "GF_SERVER_ROOT_URL", value = module.gateway.urls["grafana"] },
        { name = "TMPDIR", value = "/data/grafana" },
      ],
      [for name, dashboard in local.dashboards : { name = "DASHBOARD_${name}", value = dashboard }],
    )
    command = [join("\n", concat(
      ["cd /data", "mkdir -p grafana/provisioning/datasources grafana/provisioning/dashboards grafana/dashboards"],
      ["printf '%s' \"$DATA_SOURCES\" > grafana/provisioning/datasources/sources.yaml"],
      ["printf '%s' \"$PROVIDERS\" > grafana/provisioning/dashboards/files.yaml"],
      [for name in keys(local.dashboards) : "printf '%s' \"$DASHBOARD_${name}\" > grafana/dashboards/${name}.json"],
      ["cd /usr/share/grafana", "exec /run.sh"],
    ))]
  })

  data_sources = yamlencode({
    apiVersion = 1
    datasources = [
      { name = "Prometheus", uid = "prometheus", type = "prometheus", access = "proxy", url = "http://localhost:9090", isDefault = true },
      {
        name     = "CloudWatch"
        uid      = "cloudwatch"
        type     = "cloudwatch"
        jsonData = { authType = "default", defaultRegion = data.aws_region.current.region }
      },
    ]
  })

  providers = yamlencode({
    apiVersion = 1
    providers  = [{ name = "files", type = "file", options = { path = "/data/grafana/dashboards" } }]
  })

  # What AWS measures, from CloudWatch; what the service measures itself, from Prometheus.
  dashboards = merge({ platform = local.platform }, var.service_dashboard == "" ? {} : { service = var.service_dashboard })

  platform = jsonencode({
    title         = "Platform of ${var.name}"
    uid           = "platform"
    schemaVersion = 39
    refresh       = "1m"
    time          = { from = "now-6h", to = "now" }
    panels = [
      for index, widget in var.widgets : {
        id         = index + 1
        type       = "timeseries"
        title      = widget.title
        datasource = { type = "cloudwatch", uid = "cloudwatch" }
        gridPos    = { x = index % 2 * 12, y = floor(index / 2) * 8, w = 12, h = 8 }
        targets = [
          for number, metric in widget.metrics : {
            refId            = "M${number}"
            datasource       = { type = "cloudwatch", uid = "cloudwatch" }
            queryMode        = "Metrics"
            metricQueryType  = 0
            metricEditorMode = 0
            namespace        = metric[0]
            metricName       = metric[1]
            dimensions       = { for at in range(2, length(metric), 2) : metric[at] => [metric[at + 1]] }
            matchExact       = true
            statistic        = widget.stat
            region           = "default"
          }
        ]
      }
    ]
  })
}

# Filled by hand before the first start.
resource "aws_secretsmanager_secret" "admin" {
  #checkov:skip=CKV2_AWS_57:Grafana reads it once, when its own user administration is made; from then on the password is changed there.
  name                    = "${var.name}/grafana"
  description             = "First password of the administrator of Grafana"
  kms_key_id              = var.secret_key_arn
  recovery_window_in_days = var.protect ? 30 : 7
}
