output "endpoint" {
  description = "Nothing can be called: predictions are in the result stream."
  value       = null
}

output "service" {
  description = "Name of the function; empty until it is enabled."
  value       = one(aws_lambda_function.this[*].function_name)
}

output "result_stream_arn" {
  description = "Stream of the predictions."
  value       = module.results.arn
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "Age of the events when scored, ms"
      metrics = [["AWS/Lambda", "IteratorAge", "FunctionName", "${var.name}-serve"]]
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
