# With Prometheus a second container scrapes /metrics and writes there; managed Prometheus wants it signed.
locals {
  signers = { for region in try(var.prometheus.signed, true) ? [data.aws_region.current.region] : [] : "sigv4auth" => { region = region } }

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
    extensions = local.signers
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
      prometheusremotewrite = merge(
        { endpoint = try(var.prometheus.remote_write_url, "") },
        { for signer in keys(local.signers) : "auth" => { authenticator = signer } },
      )
    }
    service = {
      extensions = keys(local.signers)
      pipelines  = { metrics = { receivers = ["prometheus"], exporters = ["prometheusremotewrite"] } }
    }
  })
}
