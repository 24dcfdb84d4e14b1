output "dns_name" {
  description = "Host name of the load balancer; point the certificate's name at it."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "Hosted zone of that host name, for an alias record."
  value       = aws_lb.this.zone_id
}

output "arn_suffix" {
  description = "The load balancer as CloudWatch names it."
  value       = aws_lb.this.arn_suffix
}

output "target_group_arn" {
  description = "Where targets register."
  value       = aws_lb_target_group.this.arn
}

output "target_group_arn_suffix" {
  description = "The target group as CloudWatch names it."
  value       = aws_lb_target_group.this.arn_suffix
}

output "health_alarm" {
  description = "Name of the alarm that goes off when no target is healthy; empty until it is enabled."
  value       = one(aws_cloudwatch_metric_alarm.unreachable[*].alarm_name)
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
