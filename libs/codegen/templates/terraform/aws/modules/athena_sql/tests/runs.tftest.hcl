# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:us-east-1:123456789012:stateMachine:example" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:example" }
  }
}

variables {
  name               = "example-dev"
  size               = { scanned_gb_per_run = 1, queries_per_run = 2 }
  query              = "tests/select.sql"
  tables             = { training = ["id", "amount"] }
  source_uri         = "s3://landing/"
  target_uri         = "s3://curated/"
  results_uri        = "s3://artifacts/athena/"
  policies           = ["{}"]
  kms_key_arn        = null
  encrypt_with_key   = false
  log_key_arn        = null
  log_retention_days = 365
}

run "names_of_runs_sort_by_time" {
  assert {
    condition = strcontains(
      jsondecode(aws_sfn_state_machine.this.definition).States.scoring.Arguments.QueryString,
      "TO 's3://curated/scoring/run=\" & $replace($states.context.Execution.StartTime, \":\", \"-\") & ",
    )
    error_message = "Readers take the run whose name is last: it begins with the time."
  }
}

run "each_attempt_unloads_to_its_own_folder" {
  assert {
    condition = alltrue([
      for state in values(jsondecode(aws_sfn_state_machine.this.definition).States) :
      endswith(
        state.Arguments.QueryString,
        " & \"-\" & $formatNumber($states.context.Execution.RedriveCount, \"000\") & \"-\" & $states.context.State.RetryCount & \"/' WITH (format = 'PARQUET')\" %}",
      )
    ])
    error_message = "A failed UNLOAD leaves files, and Athena unloads to no folder that holds something."
  }

  # One digit sorts as a number does.
  assert {
    condition = alltrue([
      for state in values(jsondecode(aws_sfn_state_machine.this.definition).States) : one(state.Retry).MaxAttempts < 10
    ])
    error_message = "Readers take the folder whose name is last: the last attempt."
  }
}

run "each_purpose_has_its_query" {
  assert {
    condition     = strcontains(jsondecode(aws_sfn_state_machine.this.definition).States.training.Arguments.QueryString, "UNLOAD (SELECT * FROM \\\"training\\\")")
    error_message = "What the query of the repository selects is unloaded."
  }
}

run "a_query_that_scans_far_more_is_ended" {
  assert {
    condition     = one(aws_athena_workgroup.this.configuration).bytes_scanned_cutoff_per_query == 3 * 1073741824
    error_message = "Three times the plan is a mistake."
  }
}
