# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name                       = "example-dev"
  bucket_name                = "example-dev-landing"
  size                       = { retention_hours = 96, writer_vcpu = 0.75 }
  enabled                    = true
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/train:4f2a9c1"
  columns                    = [{ name = "amount", type = "double" }, { name = "country", type = "string" }]
  landing_retention_days     = 30
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/example-dev"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  log_key_arn                = null
  log_bucket                 = "example-dev-logs"
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  force_destroy              = true
}

run "the_plan_is_divided_into_sizes_that_fargate_has" {
  command = plan

  assert {
    condition     = aws_ecs_service.writer.desired_count == 3 && aws_ecs_task_definition.writer.cpu == "256" && aws_ecs_task_definition.writer.memory == "512"
    error_message = "Three quarters of a CPU are three tasks of a quarter, with 2 GB a CPU."
  }
}

run "queues_are_encrypted_without_a_key_of_ones_own" {
  command = plan

  assert {
    condition     = aws_sqs_queue.this.sqs_managed_sse_enabled && aws_sqs_queue.failed.sqs_managed_sse_enabled
    error_message = "SQS encrypts with its own key."
  }
}

run "the_writer_waits_for_its_image" {
  command = plan

  variables {
    enabled = false
  }

  assert {
    condition     = aws_ecs_service.writer.desired_count == 0
    error_message = "A task that cannot be pulled is not asked for."
  }
}

run "failed_messages_stay_as_long_as_sqs_keeps_them" {
  command = plan

  assert {
    condition     = aws_sqs_queue.failed.message_retention_seconds == 1209600
    error_message = "Two weeks to look at what failed."
  }
}

run "failed_messages_are_kept_no_longer_than_data" {
  command = plan

  variables {
    landing_retention_days = 3
  }

  assert {
    condition     = aws_sqs_queue.failed.message_retention_seconds == 259200
    error_message = "What was to be gone after three days waits no fourteen."
  }
}
