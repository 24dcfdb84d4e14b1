# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_dms_certificate" {
    defaults = { certificate_arn = "arn:aws:dms:us-east-1:123456789012:cert:EXAMPLE" }
  }

  mock_resource "aws_dms_endpoint" {
    defaults = { endpoint_arn = "arn:aws:dms:us-east-1:123456789012:endpoint:EXAMPLE" }
  }

  mock_resource "aws_dms_s3_endpoint" {
    defaults = { endpoint_arn = "arn:aws:dms:us-east-1:123456789012:endpoint:LANDING" }
  }
}

variables {
  name                       = "example-dev"
  bucket_name                = "example-dev-landing"
  size                       = { min_dcu = 1, max_dcu = 2, multi_az = false }
  source_secret_arn          = "arn:aws:secretsmanager:us-east-1:123456789012:secret:source"
  source_engine              = "postgres"
  source_database            = "app"
  source_port                = 5432
  source_cidrs               = ["10.1.0.0/16"]
  source_tables              = ["public.%"]
  landing_retention_days     = 365
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  secret_key_arn             = null
  log_bucket                 = "example-dev-logs"
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  force_destroy              = true
}

run "postgres_is_encrypted_without_a_certificate" {
  command = plan

  assert {
    condition     = aws_dms_endpoint.source[0].ssl_mode == "require" && length(aws_dms_certificate.source) == 0
    error_message = "Encryption needs no authority here."
  }
}

run "mysql_is_read_with_the_certificate_of_its_authority" {
  variables {
    source_engine         = "mysql"
    source_ca_certificate = "-----BEGIN CERTIFICATE-----"
  }

  assert {
    condition     = aws_dms_endpoint.source[0].ssl_mode == "verify-ca" && aws_dms_endpoint.source[0].certificate_arn == aws_dms_certificate.source[0].certificate_arn
    error_message = "DMS has no mode for MySQL that encrypts without a look at the certificate."
  }
}

run "mysql_without_it_is_refused_before_anything_is_made" {
  command = plan

  variables {
    source_engine = "mysql"
  }

  expect_failures = [var.source_ca_certificate]
}
