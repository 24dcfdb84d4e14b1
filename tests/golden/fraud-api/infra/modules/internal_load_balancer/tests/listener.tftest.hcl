# terraform test, without an account: the provider is mocked.
mock_provider "aws" {}

variables {
  name                     = "example-dev"
  enabled                  = false
  port                     = 8000
  target_security_group_id = "sg-0123456789abcdef0"
  min_targets              = 2
  certificate_arn          = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
  client_cidrs             = ["10.10.0.0/16"]
  latency_ms_p95           = 100
  availability_pct         = 99.9
  vpc_id                   = "vpc-0123456789abcdef0"
  subnet_ids               = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  log_bucket               = "example-dev-logs"
  alarm_topic_arn          = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  protect                  = false
}

run "nothing_listens_before_it_is_enabled" {
  command = plan

  assert {
    condition     = length(aws_lb_listener.https) == 0 && length(aws_cloudwatch_metric_alarm.errors) == 0
    error_message = "Nothing listens and nothing alarms before something can answer."
  }
}

run "serves_over_tls_only" {
  command = plan

  variables {
    enabled = true
  }

  assert {
    condition     = aws_lb_listener.https[0].protocol == "HTTPS" && aws_lb.this.internal
    error_message = "The service speaks HTTPS on an internal address."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.latency[0].threshold == 0.1
    error_message = "The latency alarm is the target in seconds."
  }
}

run "without_a_target_there_is_no_latency_alarm" {
  command = plan

  variables {
    enabled        = true
    latency_ms_p95 = null
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.latency) == 0
    error_message = "A threshold that nobody stated is no alarm."
  }
}

run "answers_that_take_their_time_are_waited_for" {
  command = plan

  variables {
    idle_timeout = 110
  }

  assert {
    condition     = aws_lb.this.idle_timeout == 110
    error_message = "A connection that is silent while an answer is made stays open."
  }
}

run "requests_that_no_target_gets_are_errors" {
  command = plan

  variables {
    enabled = true
  }

  assert {
    condition = contains(
      [for query in aws_cloudwatch_metric_alarm.errors[0].metric_query : query.expression],
      "100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(balancer, 0))",
    )
    error_message = "RequestCount is missing where nothing is healthy: the balancer's own errors must count there."
  }
}

run "a_region_is_left_when_nothing_is_healthy" {
  command = plan

  variables {
    enabled = true
  }

  assert {
    condition = (
      output.health_alarm == aws_cloudwatch_metric_alarm.unreachable[0].alarm_name
      && aws_cloudwatch_metric_alarm.unreachable[0].threshold == 1
      && aws_cloudwatch_metric_alarm.unreachable[0].statistic == "Maximum"
    )
    error_message = "One target that is missing among others is an alarm for people, no reason to lead callers away."
  }
}
