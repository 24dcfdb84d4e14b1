# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                       = "example-dev-connect"
  enabled                    = true
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/connect:3.9.1"
  vcpu                       = 1.5
  kafka_name                 = "example-dev"
  kafka_arn                  = "arn:aws:kafka:us-east-1:123456789012:cluster/example-dev/0b1c2d3e"
  bootstrap_servers          = "broker.example:9098"
  partitions                 = 6
  copies                     = 3
  retention_hours            = 24
  bucket                     = "example-dev-landing"
  bucket_policy              = "{}"
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/example-dev"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "the_plan_is_divided_into_sizes_that_fargate_has" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.desired_count == 3 && aws_ecs_task_definition.this.cpu == "512" && aws_ecs_task_definition.this.memory == "2048"
    error_message = "One and a half CPUs are three tasks of a half, with 4 GB a CPU."
  }
}

run "large_workers_are_not_cut_up" {
  command = plan

  variables {
    vcpu = 4
  }

  assert {
    condition     = aws_ecs_service.this.desired_count == 1 && aws_ecs_task_definition.this.cpu == "4096"
    error_message = "Four CPUs are one task."
  }
}

run "without_an_image_nothing_runs" {
  command = plan

  variables {
    enabled = false
  }

  assert {
    condition     = aws_ecs_service.this.desired_count == 0
    error_message = "A task that cannot be pulled is not asked for."
  }
}
