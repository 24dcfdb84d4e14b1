mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  override_data {
    target = data.aws_iam_policy_document.account
    values = { json = "{\"Id\": \"account\"}" }
  }

  mock_resource "aws_cloudhsm_v2_cluster" {
    defaults = { cluster_id = "cluster-2345672345a" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/0b1c2d3e-0000-4000-8000-000000000000" }
  }
}

variables {
  name                     = "fraud-prod"
  size                     = { hsm_count = 2 }
  phase                    = "cluster"
  key_store_password       = ""
  trust_anchor_certificate = ""
  deletion_window_days     = 30
  purposes                 = ["data"]
  subnet_ids               = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  alarm_topic_arn          = "arn:aws:sns:us-east-1:123456789012:alerts"
}

run "a_cluster_begins_with_one_module" {
  command = plan

  assert {
    condition     = length(aws_cloudhsm_v2_hsm.this) == 1 && length(aws_kms_custom_key_store.this) == 0
    error_message = "A cluster that people have not initialised takes no second module and no store."
  }

  expect_failures = [output.key_arns]
}

run "a_store_needs_its_password_once" {
  command = plan

  variables {
    phase                    = "key store"
    trust_anchor_certificate = "-----BEGIN CERTIFICATE-----"
  }

  expect_failures = [var.key_store_password]
}

run "the_store_has_every_module" {
  command = plan

  variables {
    phase                    = "key store"
    key_store_password       = "as-people-made-it"
    trust_anchor_certificate = "-----BEGIN CERTIFICATE-----"
  }

  assert {
    condition     = length(aws_cloudhsm_v2_hsm.this) == 2 && length(aws_kms_custom_key_store.this) == 1 && length(aws_kms_key.this) == 0
    error_message = "Once the cluster is initialised it gets its other modules and the store."
  }

  expect_failures = [output.key_arns]
}

run "keys_live_in_the_connected_store" {
  command = apply

  variables {
    phase                    = "keys"
    trust_anchor_certificate = "-----BEGIN CERTIFICATE-----"
  }

  assert {
    condition     = aws_kms_key.this["data"].custom_key_store_id == aws_kms_custom_key_store.this[0].id && output.key_arns["data"] == aws_kms_key.this["data"].arn
    error_message = "Keys are made in the store."
  }
}

run "without_modules_keys_stay_in_kms" {
  command = apply

  variables {
    size = { hsm_count = 0 }
  }

  assert {
    condition     = length(aws_cloudhsm_v2_cluster.this) == 0 && output.key_arns["data"] != null
    error_message = "An environment without modules has a key of KMS for each purpose."
  }
}
