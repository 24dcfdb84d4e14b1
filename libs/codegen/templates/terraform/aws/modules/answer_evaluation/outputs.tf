output "environment" {
  description = "What the evaluation needs to know."
  value = merge(
    { EVALUATION_KIND = var.kind },
    { for model in [local.judge] : "EVALUATION_JUDGE_MODEL" => model if local.judged },
    { for arn in aws_iam_role.judge[*].arn : "EVALUATION_ROLE_ARN" => arn },
  )
}

output "access_policy" {
  description = "IAM policy document of the evaluation's task."
  value       = data.aws_iam_policy_document.access.json
}
