# With Prometheus a second container of each copy scrapes /metrics and writes there.
locals {
  collectors = [
    for target in var.prometheus[*] : {
      name  = "collector"
      image = target.collector_image
      env = [
        { name = "AOT_CONFIG_CONTENT", value = module.collector.config },
        { name = "POD_NAME", valueFrom = { fieldRef = { fieldPath = "metadata.name" } } },
      ]
      resources       = { requests = { cpu = "100m", memory = "256Mi" }, limits = { memory = "256Mi" } }
      securityContext = local.security
    }
  ]
}

module "collector" {
  source           = "../metrics_collector"
  job_name         = "${var.name}-serve"
  port             = local.port
  remote_write_url = try(var.prometheus.remote_write_url, "")
  signing_region   = try(var.prometheus.signing_region, null)
  platform         = "pod"
}
