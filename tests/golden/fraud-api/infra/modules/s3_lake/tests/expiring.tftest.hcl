# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name          = "example-dev"
  bucket_name   = "example-dev-lake"
  size          = { retention_days = 30 }
  landed_days   = 365
  kms_key_arn   = null
  log_bucket    = "example-dev-logs"
  force_destroy = true
}

run "curated_data_expires_with_the_retention_rule" {
  command = plan

  assert {
    condition     = local.expiring["curated/"] == 30
    error_message = "Thirty days are stated."
  }
}

run "notes_of_scored_files_outlive_the_files" {
  command = plan

  assert {
    condition     = local.expiring["scored/"] > var.landed_days
    error_message = "A file whose note is gone is scored again."
  }

  assert {
    condition     = !anytrue([for prefix in keys(local.expiring) : startswith("scored/", prefix) && prefix != "scored/"])
    error_message = "Of two rules for an object the shorter one holds."
  }
}

run "notes_of_files_without_an_end_are_kept" {
  command = plan

  variables {
    landed_days = 0
  }

  assert {
    condition     = keys(local.expiring) == ["curated/"]
    error_message = "Who knows no end of the files knows none of their notes."
  }
}
