# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  override_data {
    target = data.aws_iam_policy_document.data
    values = { json = "{\"Id\": \"data\"}" }
  }
}

variables {
  name                 = "example-dev"
  deletion_window_days = 7
  purposes             = ["artifacts", "data"]
}

run "nobody_outside_the_account_uses_a_key_unasked" {
  command = plan

  assert {
    condition     = length(data.aws_iam_policy_document.data.statement) == 0
    error_message = "Without vectors no service reads with the key of the data by itself."
  }
}

run "an_index_of_vectors_can_be_made" {
  command = plan

  variables {
    vector_buckets = true
  }

  assert {
    condition     = one(data.aws_iam_policy_document.data.statement[0].principals).identifiers == toset(["indexing.s3vectors.amazonaws.com"])
    error_message = "S3 Vectors refuses an index whose key its indexing may not use."
  }

  assert {
    condition     = data.aws_iam_policy_document.data.statement[0].actions == toset(["kms:Decrypt"])
    error_message = "It reads, and no more."
  }
}

run "only_the_key_of_the_data_has_this_policy" {
  command = plan

  assert {
    condition     = aws_kms_key.this["data"].policy == "{\"Id\": \"data\"}" && aws_kms_key.this["artifacts"].policy == "{}"
    error_message = "Artifacts and logs are no vectors."
  }
}
