output "environment" {
  description = "What the code needs to know to call the model."
  value = var.purpose == "Llm" ? merge(
    { LLM_KIND = "bedrock", LLM_MODEL = local.model },
    { for region in local.fallback : "LLM_FALLBACK_REGION" => region },
    ) : merge(
    { EMBEDDINGS_KIND = "bedrock", EMBEDDINGS_MODEL = local.model, EMBEDDINGS_DIMENSIONS = tostring(var.dimensions) },
    { for region in local.fallback : "EMBEDDINGS_FALLBACK_REGION" => region },
  )
}

output "access_policy" {
  description = "IAM policy document of who calls the model."
  value       = data.aws_iam_policy_document.invoke.json
}

output "model" {
  description = "Id under which the model is called: the inference profile where there is one."
  value       = local.model
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "${var.purpose}: time of an answer p95, ms"
      metrics = [["AWS/Bedrock", "InvocationLatency", "ModelId", local.model]]
      stat    = "p95"
    },
    {
      title = "${var.purpose}: calls and tokens"
      metrics = [
        for metric in ["Invocations", "InvocationThrottles", "InputTokenCount", "OutputTokenCount"] :
        ["AWS/Bedrock", metric, "ModelId", local.model]
      ]
      stat = "Sum"
    },
  ]
}
