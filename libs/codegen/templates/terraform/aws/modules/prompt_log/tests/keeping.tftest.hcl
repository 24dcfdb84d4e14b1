# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name           = "example-dev"
  log_key_arn    = null
  retention_days = 45
}

run "questions_are_kept_no_longer_than_data" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "CloudWatch has no 45 days: the next shorter time."
  }
}

run "a_time_that_cloudwatch_has_is_taken_as_it_is" {
  command = plan

  variables {
    retention_days = 365
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "A year stays a year."
  }
}
