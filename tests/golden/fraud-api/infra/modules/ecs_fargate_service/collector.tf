# With managed Prometheus a second container scrapes /metrics and writes to the workspace.
locals {
  collectors = [
    for target in var.prometheus[*] : {
      name                   = "collector"
      image                  = target.collector_image
      essential              = false
      readonlyRootFilesystem = true
      environment            = [{ name = "AOT_CONFIG_CONTENT", value = local.collector_config }]
      logConfiguration       = local.log
    }
  ]

  collector_config = yamlencode({
    extensions = { sigv4auth = { region = data.aws_region.current.region } }
    receivers = {
      prometheus = {
        config = {
          scrape_configs = [{
            job_name        = "${var.name}-serve"
            scrape_interval = "30s"
            static_configs  = [{ targets = ["localhost:${local.port}"] }]
          }]
        }
      }
    }
    exporters = {
      prometheusremotewrite = {
        endpoint = try(var.prometheus.remote_write_url, "")
        auth     = { authenticator = "sigv4auth" }
      }
    }
    service = {
      extensions = ["sigv4auth"]
      pipelines  = { metrics = { receivers = ["prometheus"], exporters = ["prometheusremotewrite"] } }
    }
  })
}
