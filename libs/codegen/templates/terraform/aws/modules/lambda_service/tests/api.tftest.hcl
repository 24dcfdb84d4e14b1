# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                       = "example-dev"
  paths                      = ["/predict"]
  size                       = { memory_mb = 1769, provisioned_concurrency = 1, reserved_concurrency = 10 }
  throughput_rps             = 40
  enable_endpoint            = true
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment                = { PROJECT = "example" }
  policies                   = ["{}"]
  latency_ms_p95             = 100
  availability_pct           = 99.9
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "first_step_has_no_function" {
  command = plan

  variables {
    enable_endpoint = false
  }

  assert {
    condition     = length(aws_lambda_function.this) == 0 && length(aws_apigatewayv2_route.this) == 0
    error_message = "Nothing runs and nothing is routed before an image exists."
  }
}

run "the_probes_that_the_service_describes_are_routed_and_signed" {
  command = plan

  assert {
    condition     = keys(aws_apigatewayv2_route.this) == ["GET /healthz", "GET /readyz", "POST /predict"]
    error_message = "Callers reach predictions, and whether the service is alive and which model it has."
  }

  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.this : route.authorization_type == "AWS_IAM"])
    error_message = "Every route demands a signed request."
  }
}

run "more_kept_warm_than_may_run_is_refused" {
  command = plan

  variables {
    size = { memory_mb = 1769, provisioned_concurrency = 11, reserved_concurrency = 10 }
  }

  expect_failures = [var.size]
}

run "few_requests_that_come_together_are_not_refused" {
  command = plan

  variables {
    size           = { memory_mb = 1769, provisioned_concurrency = 0, reserved_concurrency = 12 }
    throughput_rps = 0.06
  }

  assert {
    condition     = aws_apigatewayv2_stage.this.default_route_settings[0].throttling_burst_limit == 12
    error_message = "As many pass at once as the function has room for."
  }

  assert {
    condition     = aws_apigatewayv2_stage.this.default_route_settings[0].throttling_rate_limit == 5
    error_message = "Chance is no load: a small plan has a floor."
  }
}

run "twice_the_plan_passes_and_what_is_refused_is_told" {
  command = plan

  assert {
    condition     = aws_apigatewayv2_stage.this.default_route_settings[0].throttling_rate_limit == 80
    error_message = "Peaks up to twice the plan pass."
  }

  assert {
    condition = (
      strcontains(aws_apigatewayv2_stage.this.access_log_settings[0].format, "\"status\":\"$context.status\"")
      && aws_cloudwatch_log_metric_filter.refused[0].pattern == "{ $.status = \"429\" }"
    )
    error_message = "The filter reads the status as the log writes it: a text."
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.refused[0].metric_name == aws_cloudwatch_log_metric_filter.refused[0].metric_transformation[0].name
      && aws_cloudwatch_metric_alarm.refused[0].namespace == aws_cloudwatch_log_metric_filter.refused[0].metric_transformation[0].namespace
    )
    error_message = "The alarm reads what the filter writes."
  }
}
