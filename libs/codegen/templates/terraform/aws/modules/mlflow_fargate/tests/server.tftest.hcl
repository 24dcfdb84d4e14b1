# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_efs_file_system" {
    defaults = {
      id  = "fs-0123456789abcdef0"
      arn = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0"
    }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:example" }
  }
}

variables {
  name                       = "example-dev"
  size                       = { vcpu = 0.5, memory_gb = 1 }
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/example"
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/mlflow:v3"
  enabled                    = true
  artifacts_uri              = "s3://artifacts/mlflow/"
  artifacts_policy           = "{}"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  log_key_arn                = null
  log_retention_days         = 365
}

run "the_server_takes_the_name_that_jobs_call" {
  assert {
    condition = contains(
      split(",", one(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment).value),
      trimprefix(output.environment.MLFLOW_TRACKING_URI, "http://"),
    )
    error_message = "A host that is not named is answered with 403."
  }
}

run "it_has_one_writer" {
  assert {
    condition     = aws_ecs_service.this.desired_count == 1 && aws_ecs_service.this.deployment_maximum_percent == 100
    error_message = "SQLite takes no second writer."
  }
}

run "without_an_image_it_does_not_run" {
  variables {
    enabled = false
  }

  assert {
    condition     = aws_ecs_service.this.desired_count == 0
    error_message = "There is nothing to run yet."
  }
}
