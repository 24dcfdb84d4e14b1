data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# SageMaker gives a job no tags of its own; without them the budget of the environment does not see it.
data "aws_default_tags" "current" {}

locals {
  # SageMaker job names have 63 characters; an id of 36 follows the prefix.
  job_prefix = trimsuffix(substr(var.name, 0, 26), "-")
  # The hours of a run are those of all instances together.
  timeout_seconds = max(3600, ceil(var.size.hours_per_run / var.size.instances * 10800))
  arn_head        = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"

  # A model cannot be changed: another image or setting is another name.
  model_name = "${var.name}-${substr(sha1(jsonencode([var.image, local.environment])), 0, 12)}"
  # SageMaker does not promise its containers to tell them the region.
  environment = merge(
    { AWS_REGION = data.aws_region.current.region },
    var.environment,
    { HOST = "0.0.0.0", PORT = "8080", MODEL_DIR = "/tmp/model" },
  )

  parameters = {
    ModelName               = local.model_name
    BatchStrategy           = "MultiRecord"
    MaxPayloadInMB          = 4
    MaxConcurrentTransforms = 4
    TransformInput = {
      ContentType = "application/jsonlines"
      SplitType   = "Line"
      DataSource  = { S3DataSource = { S3DataType = "ManifestFile", S3Uri = "${var.input_uri}manifest.json" } }
    }
    TransformOutput = merge(
      { S3OutputPath = var.output_uri, Accept = "application/jsonlines", AssembleWith = "Line" },
      var.output_key_arn == null ? {} : { KmsKeyId = var.output_key_arn },
    )
    TransformResources = merge(
      { InstanceType = var.size.instance_type, InstanceCount = var.size.instances },
      var.kms_key_arn == null ? {} : { VolumeKmsKeyId = var.kms_key_arn },
    )
    Tags = [for key, value in data.aws_default_tags.current.tags : { Key = key, Value = value }]
  }
}

resource "aws_sagemaker_model" "this" {
  #checkov:skip=CKV_AWS_370:The container fetches the model over the VPC; full isolation would cut it off.
  count              = var.enabled ? 1 : 0
  name               = local.model_name
  execution_role_arn = module.role.arn

  primary_container {
    image       = var.image
    environment = local.environment
  }

  vpc_config {
    subnets            = var.subnet_ids
    security_group_ids = [var.security_group_id]
  }

  lifecycle {
    create_before_destroy = true
  }
}

module "role" {
  source      = "../sagemaker_role"
  name        = var.name
  role_name   = "${var.name}-score"
  policies    = var.policies
  in_vpc      = true
  kms_key_arn = var.kms_key_arn
}

data "aws_iam_policy_document" "start" {
  statement {
    actions = [
      "sagemaker:AddTags",
      "sagemaker:CreateTransformJob",
      "sagemaker:DescribeTransformJob",
      "sagemaker:StopTransformJob",
    ]
    resources = ["${local.arn_head}:transform-job/${local.job_prefix}-*"]
  }
}
