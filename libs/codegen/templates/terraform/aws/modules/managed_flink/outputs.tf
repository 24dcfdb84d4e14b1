output "endpoint" {
  description = "Nothing can be called: results are in a stream or a table."
  value       = null
}

output "service" {
  description = "Name of the application; empty until it is enabled."
  value       = var.enabled ? aws_kinesisanalyticsv2_application.this.name : null
}

output "job" {
  description = "No pipeline starts it: it runs all the time."
  value       = null
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "Age of the events when read, ms"
      metrics = [["AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", local.stream_name]]
      stat    = "Maximum"
    },
    {
      title = "Processing units and downtime of ${var.purpose}"
      metrics = [
        for metric in ["KPUs", "downtime"] : ["AWS/KinesisAnalytics", metric, "Application", local.application]
      ]
      stat = "Maximum"
    },
  ]
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
