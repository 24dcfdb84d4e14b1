output "environment" {
  description = "What the service needs to know to guard itself."
  value = merge(
    { GUARDRAILS_KIND = var.judge_model_id == "" ? "rules" : "judge" },
    { for model in [var.judge_model_id] : "GUARD_MODEL" => var.geography == "" ? model : "${var.geography}.${model}" if model != "" },
  )
}

output "access_policy" {
  description = "IAM policy document of who asks the judge."
  value       = data.aws_iam_policy_document.judge.json
}
