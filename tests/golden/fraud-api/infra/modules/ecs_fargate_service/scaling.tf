resource "aws_appautoscaling_target" "this" {
  count              = var.enable_endpoint ? 1 : 0
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster_name}/${aws_ecs_service.this[0].name}"
  min_capacity       = var.size.min_tasks
  max_capacity       = var.size.max_tasks
}

resource "aws_appautoscaling_policy" "cpu" {
  count              = var.enable_endpoint ? 1 : 0
  name               = "${var.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  # Out fast, in slowly: a peak comes back sooner than it seems.
  target_tracking_scaling_policy_configuration {
    target_value       = var.size.target_cpu_pct
    scale_out_cooldown = 30
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# Who waits for a language model needs a place and no CPU: tasks are added before their places are taken.
resource "aws_appautoscaling_policy" "requests" {
  count              = var.enable_endpoint && var.size.requests_per_minute != null ? 1 : 0
  name               = "${var.name}-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.size.requests_per_minute
    scale_out_cooldown = 30
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${module.load_balancer.arn_suffix}/${module.load_balancer.target_group_arn_suffix}"
    }
  }
}
