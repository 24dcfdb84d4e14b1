# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
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
}

variables {
  name               = "example-dev-score"
  size               = { vcpu = 16, memory_gb = 64, jobs = 6, hours_per_run = 12, spot = false }
  image              = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/train:4f2a9c1"
  command            = ["score"]
  environment        = { PROJECT = "example" }
  policies           = ["{}"]
  subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_group_id  = "sg-0123456789abcdef0"
  log_key_arn        = null
  log_retention_days = 365
}

run "several_jobs_are_an_array_that_runs_at_once" {
  assert {
    condition     = jsondecode(output.job.parameters).ArrayProperties.Size == 6
    error_message = "Six jobs are an array of six."
  }

  assert {
    condition     = aws_batch_compute_environment.this.compute_resources[0].max_vcpus == 96
    error_message = "Every job of the array finds its processors."
  }

  assert {
    condition     = output.job.timeout_seconds == 21600
    error_message = "The hours of all jobs are shared out before they are tripled."
  }
}

run "one_job_is_no_array" {
  variables {
    size = { vcpu = 2, memory_gb = 8, hours_per_run = 2, spot = false }
  }

  assert {
    condition     = !can(jsondecode(output.job.parameters).ArrayProperties)
    error_message = "AWS Batch refuses an array of one."
  }

  assert {
    condition     = aws_batch_compute_environment.this.compute_resources[0].max_vcpus == 8
    error_message = "Four jobs may run side by side."
  }
}
