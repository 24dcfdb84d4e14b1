data "aws_region" "current" {}

locals {
  enabled       = var.enable_endpoint ? 1 : 0
  endpoint_name = "${var.name}-serve"
  # A model cannot be changed: another image or setting is another name.
  model_name = "${var.name}-${substr(sha1(jsonencode([var.image, local.environment])), 0, 12)}"
  # SageMaker does not promise its containers to tell them the region.
  environment = merge(
    { AWS_REGION = data.aws_region.current.region },
    var.environment,
    { HOST = "0.0.0.0", PORT = "8080", MODEL_DIR = "/tmp/model" },
  )
}

resource "aws_sagemaker_model" "this" {
  #checkov:skip=CKV_AWS_370:The container fetches the model and reads features; full isolation would cut both.
  count              = local.enabled
  name               = local.model_name
  execution_role_arn = module.role.arn

  # SageMaker offers serverless containers no place in a VPC.
  primary_container {
    image       = var.image
    environment = local.environment
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_sagemaker_endpoint_configuration" "this" {
  #checkov:skip=CKV_AWS_98:A serverless endpoint has no volume of ours to encrypt; SageMaker refuses a key here.
  count       = local.enabled
  name_prefix = "${var.name}-"

  production_variants {
    variant_name = "live"
    model_name   = aws_sagemaker_model.this[0].name

    serverless_config {
      memory_size_in_mb       = var.size.memory_mb
      max_concurrency         = var.size.max_concurrency
      provisioned_concurrency = var.size.provisioned_concurrency > 0 ? var.size.provisioned_concurrency : null
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# The old configuration answers until the new one does, and stays if it does not.
resource "aws_sagemaker_endpoint" "this" {
  count                = local.enabled
  name                 = local.endpoint_name
  endpoint_config_name = aws_sagemaker_endpoint_configuration.this[0].name
}

module "role" {
  source      = "../sagemaker_role"
  name        = var.name
  role_name   = "${var.name}-serve"
  policies    = var.policies
  in_vpc      = false
  kms_key_arn = null
}
