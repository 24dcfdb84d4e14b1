output "endpoint" {
  description = "Host name of the load balancer; point the certificate's name at it."
  value       = module.load_balancer.dns_name
}

output "service" {
  description = "Name of the ECS service; empty until the endpoint is enabled."
  value       = one(aws_ecs_service.this[*].name)
}

output "widgets" {
  description = "Metrics for the dashboard."
  value       = module.load_balancer.widgets
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
