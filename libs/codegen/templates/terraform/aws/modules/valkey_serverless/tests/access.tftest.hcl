# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_elasticache_serverless_cache" {
    defaults = { endpoint = [{ address = "example-dev.serverless.use1.cache.amazonaws.com", port = 6379 }] }
  }
}

variables {
  name                       = "example-dev"
  size                       = { max_gb = 1, max_ecpu_second = 1000 }
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  retention_days             = 30
  kms_key_arn                = null
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  protect                    = false
}

run "the_client_of_a_cluster_may_find_its_nodes" {
  command = plan

  assert {
    condition     = contains(split(" ", aws_elasticache_user.service.access_string), "+cluster|slots")
    error_message = "Without CLUSTER SLOTS the client does not even connect."
  }
}

run "the_service_touches_its_own_keys_alone" {
  command = plan

  assert {
    condition     = [for rule in split(" ", aws_elasticache_user.service.access_string) : rule if startswith(rule, "~")] == ["~features:*"]
    error_message = "Keys of others are out of reach."
  }
}

run "the_bill_has_a_lid" {
  command = plan

  assert {
    condition     = aws_elasticache_serverless_cache.this.cache_usage_limits[0].data_storage[0].maximum == 1 && aws_elasticache_serverless_cache.this.cache_usage_limits[0].ecpu_per_second[0].maximum == 15000
    error_message = "Gigabytes and processing units have a maximum."
  }
}
