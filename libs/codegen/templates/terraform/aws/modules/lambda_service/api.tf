resource "aws_apigatewayv2_api" "this" {
  name          = "${var.name}-serve"
  description   = "Prediction API of ${var.name}"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  # Peaks up to twice the plan pass, and as many at once as the function has room for; more is refused before it costs. Of few
  # requests several come together by chance: the floor lets them.
  default_route_settings {
    throttling_rate_limit  = local.most_rps
    throttling_burst_limit = max(local.most_rps, var.size.reserved_concurrency)
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.this["api"].arn
    format = jsonencode({
      requestId = "$context.requestId"
      time      = "$context.requestTime"
      route     = "$context.routeKey"
      status    = "$context.status"
      latency   = "$context.responseLatency"
      caller    = "$context.identity.caller"
      error     = "$context.integrationErrorMessage"
    })
  }
}

resource "aws_apigatewayv2_integration" "this" {
  count                  = local.enabled
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live[0].invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 29000
}

# Callers sign their requests with IAM credentials; nothing answers without.
resource "aws_apigatewayv2_route" "this" {
  for_each           = var.enable_endpoint ? toset(concat(["GET /healthz", "GET /readyz"], [for path in var.paths : "POST ${path}"])) : toset([])
  api_id             = aws_apigatewayv2_api.this.id
  route_key          = each.value
  target             = "integrations/${aws_apigatewayv2_integration.this[0].id}"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_permission" "api" {
  count         = local.enabled
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this[0].function_name
  qualifier     = aws_lambda_alias.live[0].name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/*"
}
