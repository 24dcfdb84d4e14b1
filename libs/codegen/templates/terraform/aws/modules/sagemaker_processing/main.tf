data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# SageMaker gives a job no tags of its own; without them the budget of the environment does not see it.
data "aws_default_tags" "current" {}

locals {
  # SageMaker job names have 63 characters; an id of 36 follows the prefix. No prefix begins another one.
  job_prefix = trimsuffix(substr(var.purpose == "process" ? var.name : "${var.purpose}-${var.name}", 0, 26), "-")
  # The hours of a run are those of all instances together.
  timeout_seconds = max(3600, ceil(var.size.hours_per_run / var.size.instances * 10800))
  arn_head        = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"

  parameters = {
    RoleArn = module.role.arn
    # SageMaker does not promise its containers to tell them the region.
    Environment = merge({ AWS_REGION = data.aws_region.current.region }, var.environment)
    AppSpecification = {
      ImageUri           = var.image
      ContainerArguments = var.command
    }
    ProcessingResources = {
      ClusterConfig = merge(
        { InstanceType = var.size.instance_type, InstanceCount = var.size.instances, VolumeSizeInGB = var.size.storage_gb },
        var.kms_key_arn == null ? {} : { VolumeKmsKeyId = var.kms_key_arn },
      )
    }
    NetworkConfig = {
      EnableInterContainerTrafficEncryption = true
      VpcConfig                             = { Subnets = var.subnet_ids, SecurityGroupIds = [var.security_group_id] }
    }
    StoppingCondition = { MaxRuntimeInSeconds = local.timeout_seconds }
    Tags              = [for key, value in data.aws_default_tags.current.tags : { Key = key, Value = value }]
  }
}

module "role" {
  source      = "../sagemaker_role"
  name        = var.name
  role_name   = "${var.name}-${var.purpose}"
  policies    = var.policies
  in_vpc      = true
  kms_key_arn = var.kms_key_arn
}

data "aws_iam_policy_document" "start" {
  statement {
    actions = [
      "sagemaker:AddTags",
      "sagemaker:CreateProcessingJob",
      "sagemaker:DescribeProcessingJob",
      "sagemaker:StopProcessingJob",
    ]
    resources = ["${local.arn_head}:processing-job/${local.job_prefix}-*"]
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = [module.role.arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["sagemaker.amazonaws.com"]
    }
  }
}
