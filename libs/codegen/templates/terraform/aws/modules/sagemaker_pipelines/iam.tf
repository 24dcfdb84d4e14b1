data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  arn_tail = "${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
}

resource "aws_iam_role" "run" {
  name               = "${var.name}-pipeline"
  assume_role_policy = data.aws_iam_policy_document.assume["sagemaker"].json
}

resource "aws_iam_role_policy" "run" {
  role   = aws_iam_role.run.id
  policy = data.aws_iam_policy_document.run.json
}

resource "aws_iam_role" "schedule" {
  name               = "${var.name}-schedule"
  assume_role_policy = data.aws_iam_policy_document.assume["scheduler"].json
}

resource "aws_iam_role_policy" "schedule" {
  role   = aws_iam_role.schedule.id
  policy = data.aws_iam_policy_document.schedule.json
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["sagemaker", "scheduler"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.value}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "run" {
  source_policy_documents = distinct(flatten([for spec in var.pipelines : [for step in spec.steps : step.job.start_policy]]))

  # Jobs of a pipeline have names that SageMaker makes.
  statement {
    actions = [
      "sagemaker:AddTags",
      "sagemaker:CreateProcessingJob",
      "sagemaker:CreateTrainingJob",
      "sagemaker:CreateTransformJob",
      "sagemaker:DescribeProcessingJob",
      "sagemaker:DescribeTrainingJob",
      "sagemaker:DescribeTransformJob",
      "sagemaker:StopProcessingJob",
      "sagemaker:StopTrainingJob",
      "sagemaker:StopTransformJob",
    ]
    resources = [
      for kind in ["processing", "training", "transform"] :
      "arn:${data.aws_partition.current.partition}:sagemaker:${local.arn_tail}:${kind}-job/pipelines-*"
    ]
  }

  # Each run is recorded as a trial of the pipeline's experiment.
  statement {
    actions = [
      "sagemaker:AddTags",
      "sagemaker:AssociateTrialComponent",
      "sagemaker:CreateExperiment",
      "sagemaker:CreateTrial",
      "sagemaker:CreateTrialComponent",
      "sagemaker:DescribeExperiment",
      "sagemaker:DescribeTrial",
      "sagemaker:DescribeTrialComponent",
      "sagemaker:UpdateTrialComponent",
    ]
    resources = [
      for kind in ["experiment/${var.name}-*", "experiment-trial/*", "experiment-trial-component/*"] :
      "arn:${data.aws_partition.current.partition}:sagemaker:${local.arn_tail}:${kind}"
    ]
  }

  # Pipelines hear of the end of a Spark job through rules they own.
  statement {
    actions   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
    resources = ["arn:${data.aws_partition.current.partition}:events:${local.arn_tail}:rule/SageMakerPipelineExecution*"]
  }
}

data "aws_iam_policy_document" "schedule" {
  statement {
    actions   = ["sagemaker:StartPipelineExecution"]
    resources = [for pipeline in aws_sagemaker_pipeline.this : pipeline.arn]
  }
}
