output "pipelines" {
  description = "Schedules by pipeline step."
  value       = { for step, schedule in aws_scheduler_schedule.this : step => schedule.arn }
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [{
    title = "Scheduled starts"
    metrics = [
      for metric in ["InvocationAttemptCount", "TargetErrorCount"] :
      ["AWS/Scheduler", metric, "ScheduleGroup", aws_scheduler_schedule_group.this.name]
    ]
    stat = "Sum"
  }]
}
