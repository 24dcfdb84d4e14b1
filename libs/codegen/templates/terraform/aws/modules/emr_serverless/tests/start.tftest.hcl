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
  purpose                    = "process"
  size                       = { workers = 4 }
  hours_longest              = 2
  script                     = "tests/start.tftest.hcl"
  script_bucket              = "example-dev-artifacts"
  arguments                  = { "--source" = "s3://example-dev-landing/" }
  target_uri                 = "s3://example-dev-lake/curated/"
  environment                = {}
  policies                   = ["{}"]
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  log_key_arn                = "arn:aws:kms:us-east-1:123456789012:key/0b1c2d3e-0000-4000-8000-000000000000"
  log_retention_days         = 365
}

run "who_starts_a_job_may_use_the_key_of_its_log" {
  command = plan

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.start.statement :
      contains(statement.actions, "kms:GenerateDataKey") && contains(statement.resources, var.log_key_arn)
    ])
    error_message = "EMR refuses a job whose starter may not use the key that its log is encrypted with."
  }
}

run "without_a_key_there_is_nothing_to_use" {
  command = plan

  variables {
    log_key_arn = null
  }

  assert {
    condition = !anytrue([
      for statement in data.aws_iam_policy_document.start.statement : contains(statement.actions, "kms:GenerateDataKey")
    ])
    error_message = "A permission is given for a reason."
  }
}
