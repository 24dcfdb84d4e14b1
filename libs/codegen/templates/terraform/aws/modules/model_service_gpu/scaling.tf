resource "aws_appautoscaling_target" "this" {
  count              = local.enabled
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.this[0].name}"
  min_capacity       = var.size.min_replicas
  max_capacity       = var.size.max_replicas
}

resource "aws_appautoscaling_policy" "this" {
  count              = local.enabled
  name               = "${local.full_name}-requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  # The planned peak spread over the most replicas, with 30 % to spare: how busy the CPU is says nothing about the GPU.
  target_tracking_scaling_policy_configuration {
    target_value       = max(1, ceil(var.requests_second * 60 / var.size.max_replicas * 0.7))
    scale_out_cooldown = 300
    scale_in_cooldown  = 900

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${var.gateway.arn_suffix}/${aws_lb_target_group.this.arn_suffix}"
    }
  }
}
