output "endpoint" {
  description = "URL of the API."
  value       = aws_apigatewayv2_api.this.api_endpoint
}

output "service" {
  description = "Name of the function; empty until the endpoint is enabled."
  value       = one(aws_lambda_function.this[*].function_name)
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "Latency p95, ms"
      metrics = [["AWS/ApiGateway", "Latency", "ApiId", aws_apigatewayv2_api.this.id]]
      stat    = "p95"
    },
    {
      title   = "Requests and errors"
      metrics = [for metric in ["Count", "4xx", "5xx"] : ["AWS/ApiGateway", metric, "ApiId", aws_apigatewayv2_api.this.id]]
      stat    = "Sum"
    },
  ]
}

output "log_group" {
  description = "Where the function logs."
  value       = aws_cloudwatch_log_group.this["function"].name
}

output "role_arn" {
  description = "Role that the code runs under."
  value       = aws_iam_role.this.arn
}
