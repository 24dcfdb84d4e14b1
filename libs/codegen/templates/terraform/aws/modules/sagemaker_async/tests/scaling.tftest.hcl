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
  size                       = { instance_type = "ml.m5.xlarge", min_instances = 0, max_instances = 3 }
  enable_endpoint            = true
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment                = { PROJECT = "example" }
  policies                   = ["{}"]
  results_uri                = "s3://example/async/"
  latency_ms_p95             = 60000
  availability_pct           = 99.9
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  log_key_arn                = null
  log_retention_days         = 365
  alarm_key_arn              = null
}

run "an_endpoint_that_sleeps_is_woken" {
  command = plan

  assert {
    condition     = length(aws_appautoscaling_policy.wake) == 1 && aws_appautoscaling_target.this[0].min_capacity == 0
    error_message = "The first request after a pause starts an instance."
  }
}

run "one_that_stays_awake_needs_no_waking" {
  command = plan

  variables {
    size = { instance_type = "ml.m5.xlarge", min_instances = 1, max_instances = 3 }
  }

  assert {
    condition     = length(aws_appautoscaling_policy.wake) == 0 && length(aws_cloudwatch_metric_alarm.wake) == 0
    error_message = "An instance is always there."
  }
}

run "questions_that_wait_for_a_model_are_answered_at_once" {
  command = plan

  variables {
    size = { instance_type = "ml.c5.xlarge", min_instances = 0, max_instances = 3, questions_at_once = 64 }
  }

  assert {
    condition = one(one(one(
      aws_sagemaker_endpoint_configuration.this[*].async_inference_config
    ))[*].client_config)[0].max_concurrent_invocations_per_instance == 64
    error_message = "SageMaker hands an instance as many questions as it takes."
  }

  assert {
    condition     = one(aws_appautoscaling_policy.backlog[0].target_tracking_scaling_policy_configuration).target_value == 45
    error_message = "Instances are added before all places are taken."
  }
}

run "alarms_read_what_sagemaker_publishes" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.latency[0].dimensions == tomap({ EndpointName = "example-dev-serve", VariantName = "live" })
    error_message = "The time of a request is counted for each variant."
  }

  assert {
    condition = toset(flatten([for query in aws_cloudwatch_metric_alarm.failed[0].metric_query : [
      for metric in query.metric : "${metric.metric_name} ${join(",", keys(metric.dimensions))}"
    ]])) == toset(["InvocationFailures EndpointName,VariantName", "InvocationsProcessed EndpointName,VariantName"])
    error_message = "A deployment rolls back on these names."
  }
}

run "nothing_exists_before_the_image" {
  command = plan

  variables {
    enable_endpoint = false
  }

  assert {
    condition     = length(aws_sagemaker_model.this) == 0 && length(aws_cloudwatch_metric_alarm.latency) == 0
    error_message = "SageMaker refuses a model without an image."
  }
}
