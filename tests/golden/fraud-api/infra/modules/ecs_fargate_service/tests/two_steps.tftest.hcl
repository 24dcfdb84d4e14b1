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
    condition     = length(aws_ecs_service.this) == 0 && length(aws_appautoscaling_target.this) == 0
    error_message = "Nothing runs and nothing scales before an image exists."
  }
}

run "second_step_runs_the_planned_tasks" {
  command = plan

  variables {
    enable_endpoint = true
  }

  assert {
    condition     = aws_ecs_service.this[0].desired_count == 2 && aws_appautoscaling_target.this[0].max_capacity == 4
    error_message = "The service starts with the fewest tasks and grows to the most."
  }
}

run "a_model_on_the_processor_scales_by_its_load" {
  command = plan

  variables {
    enable_endpoint = true
  }

  assert {
    condition     = length(aws_appautoscaling_policy.cpu) == 1 && length(aws_appautoscaling_policy.requests) == 0
    error_message = "Without a rate for a task its CPU alone decides."
  }
}

run "questions_that_wait_are_counted" {
  command = plan

  variables {
    enable_endpoint = true
    size            = { vcpu = 1, memory_gb = 2, min_tasks = 2, max_tasks = 4, target_cpu_pct = 60, requests_per_minute = 512 }
  }

  assert {
    condition = alltrue([
      for policy in aws_appautoscaling_policy.requests :
      one(policy.target_tracking_scaling_policy_configuration).target_value == 512
    ]) && length(aws_appautoscaling_policy.requests) == 1
    error_message = "Tasks are added by the requests that one of them is planned for."
  }
}

run "an_image_for_arm_runs_on_arm" {
  command = plan

  variables {
    cpu_architecture = "ARM64"
  }

  assert {
    condition     = aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "ARM64"
    error_message = "The processor is the one the image was built for."
  }
}
