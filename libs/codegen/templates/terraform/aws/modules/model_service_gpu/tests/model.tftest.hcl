# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_default_tags" {
    defaults = { tags = { environment-id = "example-dev" } }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "ami-0123456789abcdef0" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_iam_instance_profile" {
    defaults = { arn = "arn:aws:iam::123456789012:instance-profile/example" }
  }

  mock_resource "aws_launch_template" {
    defaults = { id = "lt-0123456789abcdef0" }
  }

  mock_resource "aws_autoscaling_group" {
    defaults = { arn = "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:0:autoScalingGroupName/example" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/example-dev-llm/0123456789abcdef"
      arn_suffix = "targetgroup/example-dev-llm/0123456789abcdef"
    }
  }
}

variables {
  name              = "example-dev"
  host              = "llm"
  announced         = { LLM_KIND = "openai", LLM_MODEL = "llm" }
  endpoint_variable = "LLM_ENDPOINT"
  size              = { instance_type = "g6.12xlarge", min_replicas = 1, max_replicas = 3 }
  requests_second   = 5
  disk_gb           = 100
  enabled           = true
  image             = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/example-dev/vllm:v0.18.0"
  command           = ["s3://example-artifacts/weights/llm"]
  policies          = ["{}"]
  gateway = {
    listener_arn      = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/example-dev-models/0123456789abcdef/0123456789abcdef"
    security_group_id = "sg-0123456789abcdef0"
    domain            = "models.example.internal"
    zone_id           = "Z0123456789"
    dns_name          = "example.elb.amazonaws.com"
    dns_zone_id       = "Z9876543210"
    arn_suffix        = "app/example-dev-models/0123456789abcdef"
  }
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef1"
  kms_key_arn                = null
  customer_managed_keys      = false
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:eu-central-1:123456789012:example-dev-alerts"
}

run "machines_and_volumes_carry_what_the_budget_counts" {
  command = plan

  assert {
    condition = contains(
      [for tag in aws_autoscaling_group.this.tag : tag.value if tag.key == "environment-id" && tag.propagate_at_launch],
      "example-dev",
    )
    error_message = "Machines carry the tags of the environment."
  }

  assert {
    condition = alltrue([
      aws_launch_template.this.tag_specifications[0].resource_type == "volume",
      aws_launch_template.this.tag_specifications[0].tags["environment-id"] == "example-dev",
    ])
    error_message = "Volumes carry the tags of the environment."
  }
}

run "a_model_is_called_by_its_name_and_finds_its_weights" {
  assert {
    condition     = output.environment["LLM_ENDPOINT"] == "https://llm.models.example.internal"
    error_message = "The code adds the path of the protocol, /v1 included."
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment, { name = "AWS_REGION", value = "eu-central-1" })
    error_message = "On an instance nobody tells the server in which region its weights are."
  }
}

run "replicas_follow_the_requests_that_each_gets" {
  assert {
    condition     = aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration[0].target_value == 70
    error_message = "The planned peak spread over the most replicas, with 30 % to spare."
  }

  assert {
    condition     = aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == "app/example-dev-models/0123456789abcdef/targetgroup/example-dev-llm/0123456789abcdef"
    error_message = "The load balancer counts the requests of this model."
  }
}

run "instances_reach_what_workloads_reach" {
  assert {
    condition     = aws_launch_template.this.vpc_security_group_ids == toset(["sg-0123456789abcdef1"])
    error_message = "Interface endpoints let in the group of the workloads alone."
  }
}

run "instances_start_under_a_key_of_ones_own" {
  variables {
    kms_key_arn           = "arn:aws:kms:eu-central-1:123456789012:key/0b1c2d3e-0000-4000-8000-000000000000"
    customer_managed_keys = true
  }

  assert {
    condition     = endswith(aws_kms_grant.volumes[0].grantee_principal, "/AWSServiceRoleForAutoScaling") && contains(aws_kms_grant.volumes[0].operations, "CreateGrant")
    error_message = "Auto Scaling may use the key of the volumes."
  }
}
