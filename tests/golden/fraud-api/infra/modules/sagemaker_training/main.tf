data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# SageMaker gives a job no tags of its own; without them the budget of the environment does not see it.
data "aws_default_tags" "current" {}

locals {
  # SageMaker job names have 63 characters; an id of 36 follows the prefix.
  job_prefix      = trimsuffix(substr(var.name, 0, 26), "-")
  timeout_seconds = max(3600, ceil(var.size.hours_per_run * 10800))
  arn_head        = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"

  parameters = {
    RoleArn                               = aws_iam_role.this.arn
    EnableInterContainerTrafficEncryption = true
    # SageMaker does not promise its containers to tell them the region.
    Environment = merge({ AWS_REGION = data.aws_region.current.region }, var.environment)
    AlgorithmSpecification = {
      TrainingImage      = var.image
      TrainingInputMode  = "File"
      ContainerArguments = var.command
    }
    OutputDataConfig = merge(
      { S3OutputPath = var.output_uri },
      var.kms_key_arn == null ? {} : { KmsKeyId = var.kms_key_arn },
    )
    ResourceConfig = merge(
      { InstanceType = var.size.instance_type, InstanceCount = 1, VolumeSizeInGB = 50 },
      var.kms_key_arn == null ? {} : { VolumeKmsKeyId = var.kms_key_arn },
    )
    StoppingCondition = { MaxRuntimeInSeconds = local.timeout_seconds }
    VpcConfig         = { Subnets = var.subnet_ids, SecurityGroupIds = [var.security_group_id] }
    Tags              = [for key, value in data.aws_default_tags.current.tags : { Key = key, Value = value }]
  }
}
