output "endpoint" {
  description = "Host name of the load balancer; point the certificate's name at it."
  value       = module.load_balancer.dns_name
}

output "service" {
  description = "Namespace and name of the service in Kubernetes; empty until the endpoint is enabled."
  value       = var.enable_endpoint ? "${local.namespace}/serve" : null
}

output "widgets" {
  description = "Metrics for the dashboard."
  value       = module.load_balancer.widgets
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.this.arn
}
