mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  project          = "fraud"
  environments     = ["dev", "prod"]
  repository       = "acme/fraud.models"
  state_bucket_arn = "arn:aws:s3:::fraud-tfstate"
  state_policy     = "{}"
}

run "a_repository_is_named_with_its_numbers" {
  command = plan

  variables {
    owner_id      = "123456"
    repository_id = "456789"
  }

  assert {
    condition     = local.subjects["prod"] == ["repo:acme@123456/fraud.models@456789:environment:prod"]
    error_message = "A token of GitHub names owner and repository with their numbers."
  }

  assert {
    condition     = local.subjects["plan"][0] == "repo:acme@123456/fraud.models@456789:pull_request"
    error_message = "So does the token of a pull request."
  }
}

run "an_older_repository_is_named_without" {
  command = plan

  assert {
    condition     = local.subjects["dev"] == ["repo:acme/fraud.models:environment:dev"]
    error_message = "Tokens of an older repository hold names alone."
  }
}

run "one_number_alone_is_refused" {
  command = plan

  variables {
    repository_id = "456789"
  }

  expect_failures = [var.owner_id]
}

run "a_number_is_no_wildcard" {
  command = plan

  variables {
    owner_id      = "123456"
    repository_id = "*"
  }

  expect_failures = [var.repository_id]
}
