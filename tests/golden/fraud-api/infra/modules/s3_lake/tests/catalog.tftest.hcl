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
  kms_key_arn   = null
  log_bucket    = "example-dev-logs"
  force_destroy = true
  tables = {
    predictions = { format = "parquet", columns = [{ name = "prediction", type = "double" }] }
  }
}

run "what_batches_leave_has_a_name" {
  command = apply

  assert {
    condition     = one(aws_glue_catalog_database.this).name == "example_dev"
    error_message = "SQL knows no hyphens."
  }

  assert {
    condition     = endswith(aws_glue_catalog_table.this["predictions"].storage_descriptor[0].location, "/curated/predictions/")
    error_message = "The table is not where batches write."
  }

  assert {
    condition     = aws_glue_catalog_table.this["predictions"].storage_descriptor[0].columns[0].type == "double"
    error_message = "The columns of the table are those that are given."
  }
}

run "without_tables_there_is_no_database" {
  command = plan

  variables {
    tables = {}
  }

  assert {
    condition     = length(aws_glue_catalog_database.this) == 0
    error_message = "An empty database serves nobody."
  }
}

run "other_formats_are_refused" {
  command = plan

  variables {
    tables = { predictions = { format = "csv", columns = [] } }
  }

  expect_failures = [var.tables]
}
