# With Prometheus a second container scrapes /metrics and writes there.
locals {
  collector_memory = 256

  collectors = [
    for target in var.prometheus[*] : {
      name                   = "collector"
      image                  = target.collector_image
      essential              = false
      readonlyRootFilesystem = true
      memory                 = local.collector_memory
      environment            = [{ name = "AOT_CONFIG_CONTENT", value = module.collector.config }]
      logConfiguration       = local.log
    }
  ]
}

module "collector" {
  source           = "../metrics_collector"
  job_name         = "${var.name}-serve"
  port             = local.port
  remote_write_url = try(var.prometheus.remote_write_url, "")
  signing_region   = try(var.prometheus.signing_region, null)
  platform         = "ecs"
}
