# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/opensearch/example-dev" }
  }
}

variables {
  name             = "example-dev"
  size             = { node_type = "r7g.large.search", nodes = 4, storage_gb = 80 }
  writer_role_arn  = "arn:aws:iam::123456789012:role/example-dev-index-task"
  reader_role_arns = ["arn:aws:iam::123456789012:role/example-dev-evaluate-task", "arn:aws:iam::123456789012:role/example-dev-serve-task"]

  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "indexing_is_the_master_and_lets_the_readers_in" {
  command = apply

  assert {
    condition     = aws_opensearch_domain.this.advanced_security_options[0].master_user_options[0].master_user_arn == var.writer_role_arn
    error_message = "Who maps the readers is the domain's master user."
  }

  assert {
    condition     = output.environment["OPENSEARCH_READERS"] == join(",", var.reader_role_arns)
    error_message = "Indexing is told whom to let in."
  }

  assert {
    condition     = contains(data.aws_iam_policy_document.write.statement[1].resources, "arn:aws:es:us-east-1:123456789012:domain/example-dev/_plugins/_security/api/rolesmapping/passages_reader")
    error_message = "IAM allows indexing to map the role of the readers."
  }
}

run "readers_may_not_map_roles" {
  command = plan

  assert {
    condition     = data.aws_iam_policy_document.read.statement[0].resources == toset(["arn:aws:es:us-east-1:123456789012:domain/example-dev/passages*"])
    error_message = "Who searches reaches the passages alone."
  }
}
