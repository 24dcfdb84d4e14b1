mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_rds_cluster" {
    defaults = {
      master_user_secret = [{
        kms_key_id    = "k"
        secret_arn    = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster"
        secret_status = "active"
      }]
    }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/fraud-dev-aurora-monitoring" }
  }
}

variables {
  name                       = "fraud-dev"
  size                       = { min_acu = 1, max_acu = 4, instances = 2 }
  vpc_id                     = "vpc-1"
  subnet_ids                 = ["subnet-1", "subnet-2"]
  workload_security_group_id = "sg-1"
  kms_key_arn                = null
  secret_key_arn             = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:alerts"
  protect                    = true
}

run "capacity_follows_the_load" {
  command = apply

  assert {
    condition     = aws_rds_cluster.this.serverlessv2_scaling_configuration[0].max_capacity == 4
    error_message = "The most capacity units are those of the size."
  }

  assert {
    condition     = output.environment["DATABASE_NAME"] == "ml" && !contains(keys(output.environment), "VECTOR_STORE_KIND")
    error_message = "A store says where the tables are, and is no vector store."
  }
}

run "a_class_fixes_the_capacity" {
  command = apply

  variables {
    size            = { instance_class = "db.r8g.large", instances = 1 }
    variable_prefix = "VECTOR_"
  }

  assert {
    condition     = length(aws_rds_cluster.this.serverlessv2_scaling_configuration) == 0
    error_message = "A cluster on instances scales nothing."
  }

  assert {
    condition     = output.environment["VECTOR_STORE_KIND"] == "pgvector" && contains(keys(output.environment), "VECTOR_DATABASE_HOST")
    error_message = "A vector store says what it is and where."
  }
}

run "less_than_half_a_unit_is_refused" {
  command = plan

  variables {
    size = { min_acu = 0.2, max_acu = 1, instances = 1 }
  }

  expect_failures = [var.size]
}
