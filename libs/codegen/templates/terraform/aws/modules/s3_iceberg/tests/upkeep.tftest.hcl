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
  name          = "example-dev"
  bucket_name   = "example-dev-lake"
  size          = { retention_days = 365, snapshot_days = 7 }
  columns       = [{ name = "amount", type = "double" }]
  kms_key_arn   = null
  log_bucket    = "example-dev-logs"
  force_destroy = true
}

run "old_rows_are_deleted_every_night" {
  command = plan

  assert {
    condition     = jsondecode(aws_scheduler_schedule.erasure["records"].target[0].input).QueryString == "DELETE FROM records WHERE loaded_at < current_timestamp - interval '365' day"
    error_message = "The retention rule is a statement."
  }

  assert {
    condition     = !strcontains(aws_scheduler_schedule.erasure["records"].target[0].input, "u003c")
    error_message = "The comparison reaches Athena as it is written."
  }
}

run "snapshots_last_as_long_as_the_table_can_be_set_back" {
  command = plan

  assert {
    condition     = aws_glue_catalog_table_optimizer.retention["records_predictions"].configuration[0].retention_configuration[0].iceberg_configuration[0].snapshot_retention_period_in_days == 7
    error_message = "Seven days of snapshots are planned."
  }
}

run "notes_of_scored_files_outlive_the_files" {
  command = plan

  variables {
    size        = { retention_days = 30, snapshot_days = 7 }
    landed_days = 365
  }

  assert {
    condition     = local.expiring["curated/"] == 30 && local.expiring["scored/"] > var.landed_days
    error_message = "A file whose note is gone is scored again."
  }
}

run "notes_of_files_without_an_end_are_kept" {
  command = plan

  assert {
    condition     = keys(local.expiring) == ["athena/", "curated/"]
    error_message = "Who knows no end of the files knows none of their notes."
  }
}

run "rows_carry_the_time_they_were_loaded" {
  command = plan

  assert {
    condition     = join(" ", aws_glue_catalog_table.this["records"].storage_descriptor[0].columns[*].name) == "amount run_id loaded_at"
    error_message = "Without it nobody could tell an old row."
  }
}
