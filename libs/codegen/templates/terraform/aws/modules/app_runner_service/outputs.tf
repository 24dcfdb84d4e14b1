output "endpoint" {
  description = "Host name of the service inside the VPC; empty until it is enabled."
  value       = one(aws_apprunner_vpc_ingress_connection.this[*].domain_name)
}

output "service" {
  description = "ARN of the service; empty until it is enabled."
  value       = one(aws_apprunner_service.this[*].arn)
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    for title, metrics in { "Latency, ms" = ["RequestLatency"], "Requests and errors" = ["Requests", "5xxStatusResponses"] } : {
      title                               = title
      metrics                             = [for metric in metrics : ["AWS/AppRunner", metric, "ServiceName", local.short_name]]
      stat                                = length(metrics) == 1 ? "p95" : "Sum"
    }
  ]
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.this.arn
}
