output "endpoint" {
  description = "Name for invoke_endpoint_async of sagemaker-runtime."
  value       = local.endpoint_name
}

output "service" {
  description = "Name of the endpoint; empty until it is enabled."
  value       = one(aws_sagemaker_endpoint.this[*].name)
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "From request to answer p95, ms"
      metrics = [["AWS/SageMaker", "TotalProcessingTime", "EndpointName", local.endpoint_name, "VariantName", "live"]]
      stat    = "p95"
    },
    {
      title   = "Requests waiting"
      metrics = [["AWS/SageMaker", "ApproximateBacklogSize", "EndpointName", local.endpoint_name]]
      stat    = "Maximum"
    },
    {
      title = "Requests answered and failed"
      metrics = [
        for metric in ["InvocationsProcessed", "InvocationFailures"] :
        ["AWS/SageMaker", metric, "EndpointName", local.endpoint_name, "VariantName", "live"]
      ]
      stat = "Sum"
    },
  ]
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = module.role.arn
}

output "log_group" {
  description = "Log group of the endpoint."
  value       = aws_cloudwatch_log_group.this.name
}
