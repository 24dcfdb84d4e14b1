# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_default_tags" {
    defaults = { tags = { environment-id = "example-dev" } }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_ec2_instance_type" {
    defaults = { gpus = [{ count = 1, manufacturer = "NVIDIA", name = "T4", memory_size = 15360 }], memory_size = 16384 }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name                       = "example-dev"
  size                       = { instance_type = "g4dn.xlarge", min_instances = 2, max_instances = 4 }
  enable_endpoint            = false
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment                = { PROJECT = "example" }
  policies                   = ["{}"]
  certificate_arn            = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
  client_cidrs               = ["10.10.0.0/16"]
  latency_ms_p95             = 100
  availability_pct           = 99.9
  throughput_rps             = 40
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/example-dev"
  cluster_name               = "example-dev"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  log_bucket                 = "example-dev-logs"
  kms_key_arn                = null
  customer_managed_keys      = false
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  protect                    = false
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

run "first_step_has_no_machine" {
  command = plan

  assert {
    condition     = aws_autoscaling_group.this.max_size == 0 && length(aws_ecs_service.this) == 0
    error_message = "Nothing runs before an image exists."
  }
}

run "a_deployment_finds_a_machine_when_all_are_in_use" {
  command = plan

  variables {
    enable_endpoint = true
  }

  assert {
    condition     = aws_autoscaling_group.this.max_size == aws_appautoscaling_target.this[0].max_capacity + 1
    error_message = "There may be one machine more than the most tasks."
  }
}

run "a_new_image_replaces_machines_that_are_in_use" {
  command = plan

  assert {
    condition = alltrue([
      for refresh in aws_autoscaling_group.this.instance_refresh :
      refresh.strategy == "Rolling" && one(refresh.preferences).scale_in_protected_instances == "Refresh"
    ]) && length(aws_autoscaling_group.this.instance_refresh) == 1
    error_message = "Machines are replaced although ECS protects those with tasks from scaling in."
  }
}

run "a_task_has_the_machine_to_itself" {
  command = apply

  assert {
    condition = [
      for container in jsondecode(aws_ecs_task_definition.this.container_definitions) : "${container.name} ${container.memory}"
    ] == ["serve 13926"]
    error_message = "The service has what agent and system leave."
  }
}

run "with_prometheus_a_collector_stands_beside_each_task" {
  command = apply

  variables {
    prometheus = {
      remote_write_url = "https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0123/api/v1/remote_write"
      collector_image  = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/collector:v0.43.0"
      signing_region   = "us-east-1"
    }
  }

  assert {
    condition = [
      for container in jsondecode(aws_ecs_task_definition.this.container_definitions) : "${container.name} ${container.memory}"
    ] == ["serve 13670", "collector 256"]
    error_message = "Both find room on the machine."
  }
}
