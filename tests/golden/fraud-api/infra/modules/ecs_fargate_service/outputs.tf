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

output "load_balancer" {
  description = "Host name and hosted zone of the load balancer, and the alarm of its health, for records in DNS."
  value = {
    dns_name     = module.load_balancer.dns_name
    zone_id      = module.load_balancer.zone_id
    health_alarm = module.load_balancer.health_alarm
  }
}

output "log_group" {
  description = "Where its containers log."
  value       = aws_cloudwatch_log_group.this.name
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.task.arn
}
