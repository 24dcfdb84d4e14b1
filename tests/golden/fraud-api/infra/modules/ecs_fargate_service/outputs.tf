output "endpoint" {
  description = "Host name of the load balancer; point the certificate's name at it."
  value       = aws_lb.this.dns_name
}

output "service" {
  description = "Name of the ECS service; empty until the endpoint is enabled."
  value       = one(aws_ecs_service.this[*].name)
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "Latency p95, s"
      metrics = [["AWS/ApplicationELB", "TargetResponseTime", "LoadBalancer", aws_lb.this.arn_suffix]]
      stat    = "p95"
    },
    {
      title = "Requests and errors"
      metrics = [
        for metric in ["RequestCount", "HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count"] :
        ["AWS/ApplicationELB", metric, "LoadBalancer", aws_lb.this.arn_suffix]
      ]
      stat = "Sum"
    },
  ]
}
