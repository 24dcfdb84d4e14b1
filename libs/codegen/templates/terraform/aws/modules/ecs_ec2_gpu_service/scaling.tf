resource "aws_appautoscaling_target" "this" {
  count              = var.enable_endpoint ? 1 : 0
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster_name}/${aws_ecs_service.this[0].name}"
  min_capacity       = var.size.min_instances
  max_capacity       = var.size.max_instances
}

resource "aws_appautoscaling_policy" "requests" {
  count              = var.enable_endpoint ? 1 : 0
  name               = "${var.name}-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  # The planned peak spread over the most machines, with 30 % to spare; a machine takes minutes to come.
  target_tracking_scaling_policy_configuration {
    target_value       = max(1, ceil(var.throughput_rps * 60 / var.size.max_instances * 0.7))
    scale_out_cooldown = 30
    scale_in_cooldown  = 900

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${module.load_balancer.arn_suffix}/${module.load_balancer.target_group_arn_suffix}"
    }
  }
}
