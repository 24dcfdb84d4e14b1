# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                       = "example-dev"
  size                       = { vcpu = 1, memory_gb = 2, min_tasks = 2, max_tasks = 4, target_cpu_pct = 60 }
  enable_endpoint            = false
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment                = { PROJECT = "example" }
  policies                   = ["{}"]
  certificate_arn            = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
  client_cidrs               = ["10.10.0.0/16"]
  latency_ms_p95             = 100
  availability_pct           = 99.9
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/example-dev"
  cluster_name               = "example-dev"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  log_bucket                 = "example-dev-logs"
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  protect                    = false
}

run "first_step_has_no_service" {
  command = plan

  assert {
    condition     = length(aws_ecs_service.this) == 0 && length(aws_lb_listener.https) == 0
    error_message = "Nothing runs and nothing listens before an image exists."
  }
}

run "second_step_serves_over_tls_only" {
  command = plan

  variables {
    enable_endpoint = true
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
    enable_endpoint = true
    latency_ms_p95  = null
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.latency) == 0
    error_message = "A threshold that nobody stated is no alarm."
  }
}
