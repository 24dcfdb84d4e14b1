# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_default_tags" {
    defaults = { tags = { environment-id = "example-dev" } }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_ec2_instance_type" {
    defaults = {
      default_vcpus = 4
      memory_size   = 16384
      gpus          = [{ count = 1, manufacturer = "NVIDIA", memory_size = 16384, name = "T4" }]
    }
  }

  mock_resource "aws_batch_job_definition" {
    defaults = { arn = "arn:aws:batch:us-east-1:123456789012:job-definition/example:1" }
  }

  mock_resource "aws_batch_job_queue" {
    defaults = { arn = "arn:aws:batch:us-east-1:123456789012:job-queue/example" }
  }

  mock_resource "aws_batch_compute_environment" {
    defaults = { arn = "arn:aws:batch:us-east-1:123456789012:compute-environment/example" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_iam_instance_profile" {
    defaults = { arn = "arn:aws:iam::123456789012:instance-profile/example" }
  }
}

variables {
  name                  = "example-dev-score"
  size                  = { instance_type = "g4dn.xlarge", jobs = 4, hours_per_run = 8, spot = false }
  image                 = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/train:4f2a9c1"
  command               = ["score"]
  environment           = { PROJECT = "example" }
  policies              = ["{}"]
  subnet_ids            = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id     = "sg-0123456789abcdef0"
  kms_key_arn           = null
  customer_managed_keys = false
  log_key_arn           = null
  log_retention_days    = 365
}

run "machines_and_volumes_carry_what_the_budget_counts" {
  command = plan

  assert {
    condition = alltrue([
      aws_batch_compute_environment.this.compute_resources[0].tags["environment-id"] == "example-dev",
      aws_launch_template.this.tag_specifications[0].resource_type == "volume",
      aws_launch_template.this.tag_specifications[0].tags["environment-id"] == "example-dev",
    ])
    error_message = "Machines and volumes carry the tags of the environment."
  }
}

run "several_jobs_are_an_array_with_a_machine_each" {
  assert {
    condition     = jsondecode(output.job.parameters).ArrayProperties.Size == 4
    error_message = "Four jobs are an array of four."
  }

  assert {
    condition     = aws_batch_compute_environment.this.compute_resources[0].max_vcpus == 16
    error_message = "Each job has a machine to itself."
  }

  assert {
    condition     = output.job.timeout_seconds == 21600
    error_message = "The hours of all machines are shared out before they are tripled."
  }
}

run "one_job_is_no_array" {
  variables {
    size = { instance_type = "g4dn.xlarge", hours_per_run = 2, spot = false }
  }

  assert {
    condition     = !can(jsondecode(output.job.parameters).ArrayProperties)
    error_message = "AWS Batch refuses an array of one."
  }
}

run "a_machine_with_gpus_gives_them_to_its_job" {
  assert {
    condition = contains(
      jsondecode(aws_batch_job_definition.this.container_properties).resourceRequirements,
      { type = "GPU", value = "1" },
    )
    error_message = "The job asks for the GPU that it is paid for."
  }

  assert {
    condition     = aws_batch_compute_environment.this.compute_resources[0].ec2_configuration[0].image_type == "ECS_AL2023_NVIDIA"
    error_message = "The machine has NVIDIA's driver."
  }
}
