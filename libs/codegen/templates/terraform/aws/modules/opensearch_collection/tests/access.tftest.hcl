# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  name                 = "example-dev"
  standby              = false
  planned_search_units = 1
  writer_role_arn      = "arn:aws:iam::123456789012:role/example-dev-index-task"
  reader_role_arns     = ["arn:aws:iam::123456789012:role/example-dev-evaluate-task", "arn:aws:iam::123456789012:role/example-dev-serve-task"]

  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "roles_are_named_one_by_one" {
  command = apply

  assert {
    condition     = [for rule in jsondecode(aws_opensearchserverless_access_policy.this.policy) : join(",", rule.Principal)] == [var.writer_role_arn, join(",", var.reader_role_arns)]
    error_message = "An access policy knows roles and users, not the account."
  }

  assert {
    condition     = !contains(jsondecode(aws_opensearchserverless_access_policy.this.policy)[1].Rules[0].Permission, "aoss:WriteDocument")
    error_message = "Who searches does not write."
  }

  assert {
    condition     = contains(jsondecode(aws_opensearchserverless_access_policy.this.policy)[0].Rules[0].Permission, "aoss:DeleteIndex")
    error_message = "Indexing begins anew when the embedding model changes."
  }
}
