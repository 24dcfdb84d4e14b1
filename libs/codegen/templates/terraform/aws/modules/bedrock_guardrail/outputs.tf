output "environment" {
  description = "What the service needs to know to apply the guardrail."
  value = {
    GUARDRAILS_KIND   = "bedrock"
    GUARDRAIL_ID      = aws_bedrock_guardrail.this.guardrail_id
    GUARDRAIL_VERSION = aws_bedrock_guardrail_version.this.version
  }
}

output "access_policy" {
  description = "IAM policy document of who applies it."
  value       = data.aws_iam_policy_document.apply.json
}
