output "environment" {
  description = "What the code needs to know to call the model."
  value       = { LLM_KIND = "sagemaker", LLM_MODEL = "/opt/ml/model", LLM_ENDPOINT = local.endpoint_name }
}

output "access_policy" {
  description = "IAM policy document of who calls the model."
  value       = data.aws_iam_policy_document.invoke.json
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "Language model: time of an answer p95, µs"
      metrics = [["AWS/SageMaker", "ModelLatency", "EndpointName", local.endpoint_name, "VariantName", "live"]]
      stat    = "p95"
    },
    {
      title   = "Language model: GPU in use, % (${100 * local.gpus} is all)"
      metrics = [["/aws/sagemaker/Endpoints", "GPUUtilization", "EndpointName", local.endpoint_name, "VariantName", "live"]]
      stat    = "Maximum"
    },
  ]
}

output "log_group" {
  description = "Log group of the endpoint."
  value       = aws_cloudwatch_log_group.this.name
}
