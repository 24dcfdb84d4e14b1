output "target_group_arns" {
  description = "Where the tasks of each service register."
  value       = { for host, group in aws_lb_target_group.this : host => group.arn }
}

output "urls" {
  description = "Where each service answers."
  value       = { for host in keys(var.hosts) : host => "https://${host}.${var.domain}" }
}

output "dimensions" {
  description = "Dimensions of the metrics of each service."
  value       = { for host, group in aws_lb_target_group.this : host => { LoadBalancer = aws_lb.this.arn_suffix, TargetGroup = group.arn_suffix } }
}
