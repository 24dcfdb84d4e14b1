data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

# Patterns and house rules run inside the service; a judge, where there is one, is a model of Amazon Bedrock.
data "aws_iam_policy_document" "judge" {
  dynamic "statement" {
    for_each = var.judge_model_id == "" ? [] : [var.judge_model_id]

    content {
      actions = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"]
      resources = [
        "arn:${data.aws_partition.current.partition}:bedrock:*::foundation-model/${statement.value}",
        "arn:${data.aws_partition.current.partition}:bedrock:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:inference-profile/*.${statement.value}",
      ]
    }
  }
}
