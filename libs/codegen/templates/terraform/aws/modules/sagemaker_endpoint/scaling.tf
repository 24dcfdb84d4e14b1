resource "aws_appautoscaling_target" "this" {
  count              = local.enabled
  service_namespace  = "sagemaker"
  scalable_dimension = "sagemaker:variant:DesiredInstanceCount"
  resource_id        = "endpoint/${aws_sagemaker_endpoint.this[0].name}/variant/live"
  min_capacity       = var.size.min_instances
  max_capacity       = var.size.max_instances
}

resource "aws_appautoscaling_policy" "this" {
  count              = local.enabled
  name               = "${var.name}-invocations"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  # The planned peak spread over the most instances, with 30 % to spare. Questions to a language model hold a place of their instance for
  # seconds: `requests_per_minute` leaves some free.
  target_tracking_scaling_policy_configuration {
    target_value       = coalesce(var.size.requests_per_minute, max(1, ceil(var.throughput_rps * 60 / var.size.max_instances * 0.7)))
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "SageMakerVariantInvocationsPerInstance"
    }
  }
}
