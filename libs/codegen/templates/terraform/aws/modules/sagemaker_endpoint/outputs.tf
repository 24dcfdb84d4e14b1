output "endpoint" {
  description = "Name to invoke with sagemaker-runtime."
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
      title   = "Model latency p95, µs"
      metrics = [["AWS/SageMaker", "ModelLatency", "EndpointName", local.endpoint_name, "VariantName", "live"]]
      stat    = "p95"
    },
    {
      title = "Requests and errors"
      metrics = [
        for metric in ["Invocations", "Invocation4XXErrors", "Invocation5XXErrors"] :
        ["AWS/SageMaker", metric, "EndpointName", local.endpoint_name, "VariantName", "live"]
      ]
      stat = "Sum"
    },
  ]
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.this.arn
}

output "log_group" {
  description = "Log group of the endpoint."
  value       = aws_cloudwatch_log_group.this.name
}
