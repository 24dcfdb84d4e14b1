# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

variables {
  name                       = "example-dev"
  size                       = { instance_type = "ml.g6.12xlarge", min_replicas = 1, max_replicas = 2 }
  enabled                    = true
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/llm:v0.18.0"
  weights_uri                = "s3://example-artifacts/weights/"
  context_tokens             = 16000
  policies                   = ["{}"]
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  log_key_arn                = null
  log_retention_days         = 365
}

run "four_gpus_are_busy_at_four_times_seventy" {
  command = plan

  assert {
    condition     = aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration[0].target_value == 280
    error_message = "SageMaker adds up the use of the GPUs of an instance."
  }
}

run "the_server_keeps_memory_for_the_planned_context_alone" {
  command = plan

  assert {
    condition     = aws_sagemaker_model.this[0].primary_container[0].environment["SM_VLLM_MAX_MODEL_LEN"] == "16000"
    error_message = "With the model's whole context the server does not start on the planned GPU."
  }
}

run "one_gpu_is_busy_at_seventy" {
  command = plan

  variables {
    size = { instance_type = "ml.g6.xlarge", min_replicas = 1, max_replicas = 2 }
  }

  assert {
    condition     = aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration[0].target_value == 70
    error_message = "A share of one GPU."
  }
}
