output "endpoint" {
  description = "Nothing can be called: predictions are in the result stream."
  value       = null
}

output "service" {
  description = "Name of the ECS service; empty until it is enabled."
  value       = one(aws_ecs_service.this[*].name)
}

output "result_stream_arn" {
  description = "Stream of the predictions."
  value       = module.results.arn
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
      title = "Events in, predictions out"
      metrics = [
        for stream in [local.stream_name, module.results.name] : ["AWS/Kinesis", "IncomingRecords", "StreamName", stream]
      ]
      stat = "Sum"
    },
  ]
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
