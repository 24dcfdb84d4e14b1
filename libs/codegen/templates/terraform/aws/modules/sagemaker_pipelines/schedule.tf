resource "aws_scheduler_schedule" "this" {
  #checkov:skip=CKV_AWS_297:The schedule carries no data: the pipeline has no parameters.
  for_each            = { for pipeline, spec in var.pipelines : pipeline => spec.schedule if spec.schedule != "" }
  name                = "${var.name}-${each.key}"
  description         = "Starts the pipeline ${each.key}"
  schedule_expression = each.value
  state               = var.enable_schedules ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sagemaker_pipeline.this[each.key].arn
    role_arn = aws_iam_role.schedule.arn

    retry_policy {
      maximum_retry_attempts = 3
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}
