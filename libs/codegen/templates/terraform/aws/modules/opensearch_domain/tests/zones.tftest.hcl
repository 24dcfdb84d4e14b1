# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/opensearch/example-dev" }
  }
}

variables {
  name             = "example-dev"
  size             = { node_type = "r7g.large.search", nodes = 1, storage_gb = 20 }
  writer_role_arn  = "arn:aws:iam::123456789012:role/example-dev-index-task"
  reader_role_arns = ["arn:aws:iam::123456789012:role/example-dev-serve-task"]

  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "one_node_is_in_one_zone" {
  command = plan

  assert {
    condition     = !aws_opensearch_domain.this.cluster_config[0].zone_awareness_enabled && length(aws_opensearch_domain.this.vpc_options[0].subnet_ids) == 1
    error_message = "One node has one subnet."
  }
}

run "an_odd_number_is_refused_in_two_zones" {
  command = plan

  variables {
    size = { node_type = "r7g.large.search", nodes = 5, storage_gb = 100 }
  }

  expect_failures = [var.size]
}

run "four_nodes_are_in_two_zones_also_where_there_are_three" {
  command = plan

  variables {
    size       = { node_type = "r7g.large.search", nodes = 4, storage_gb = 80 }
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
  }

  assert {
    condition     = output.environment["OPENSEARCH_NODES"] == "4"
    error_message = "Indexing makes a shard for each node."
  }

  assert {
    condition     = aws_opensearch_domain.this.cluster_config[0].zone_awareness_config[0].availability_zone_count == 2 && length(aws_opensearch_domain.this.vpc_options[0].subnet_ids) == 2
    error_message = "Two in each of two zones."
  }
}

run "six_nodes_are_in_three_zones" {
  command = plan

  variables {
    size       = { node_type = "r7g.large.search", nodes = 6, storage_gb = 120 }
    subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
  }

  assert {
    condition     = aws_opensearch_domain.this.cluster_config[0].zone_awareness_config[0].availability_zone_count == 3
    error_message = "Two in each of three zones."
  }
}
