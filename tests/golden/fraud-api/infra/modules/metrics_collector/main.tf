locals {
  signers = { for region in var.signing_region[*] : "sigv4auth" => { region = region } }

  # The exporter makes the label `instance` of `service.instance.id`.
  instance = {
    ecs = { key = "service.instance.id", from_attribute = "aws.ecs.task.arn", action = "upsert" }
    pod = { key = "service.instance.id", value = "$${env:POD_NAME}", action = "upsert" }
  }
  detecting = var.platform == "ecs" ? { resourcedetection = { detectors = ["ecs"], override = false } } : {}

  config = yamlencode({
    extensions = local.signers
    receivers = {
      prometheus = {
        config = {
          scrape_configs = [{
            job_name        = var.job_name
            scrape_interval = "30s"
            static_configs  = [{ targets = ["localhost:${var.port}"] }]
          }]
        }
      }
    }
    processors = merge(local.detecting, { resource = { attributes = [local.instance[var.platform]] } })
    exporters = {
      prometheusremotewrite = merge(
        { endpoint = var.remote_write_url },
        { for signer in keys(local.signers) : "auth" => { authenticator = signer } },
      )
    }
    service = {
      extensions = keys(local.signers)
      pipelines = {
        metrics = {
          receivers  = ["prometheus"]
          processors = concat(keys(local.detecting), ["resource"])
          exporters  = ["prometheusremotewrite"]
        }
      }
    }
  })
}
