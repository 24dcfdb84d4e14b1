output "environment" {
  description = "What the code needs to know to call the model."
  value = var.purpose == "Llm" ? merge(
    { LLM_KIND = "bedrock", LLM_MODEL = local.model },
    { for region in local.fallback : "LLM_FALLBACK_REGION" => region },
    { for region, arn in local.called : "LLM_PROFILE" => arn if region == local.region },
    { for region, arn in local.called : "LLM_FALLBACK_PROFILE" => arn if region != local.region },
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
  description = "Id of the model, or of the inference profile of its geography."
  value       = local.model
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "${var.purpose}: time of an answer p95, ms"
      metrics = [["AWS/Bedrock", "InvocationLatency", "ModelId", local.metric]]
      stat    = "p95"
    },
    {
      title = "${var.purpose}: calls and tokens"
      metrics = [
        for metric in ["Invocations", "InvocationThrottles", "InputTokenCount", "OutputTokenCount"] :
        ["AWS/Bedrock", metric, "ModelId", local.metric]
      ]
      stat = "Sum"
    },
  ]
}
