# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_elasticache_replication_group" {
    defaults = { configuration_endpoint_address = "clustercfg.example.use1.cache.amazonaws.com" }
  }
}

variables {
  name                       = "example-dev-v"
  size                       = { node_type = "cache.r7g.large", shards = 2, nodes = 4 }
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
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
    condition     = [for rule in split(" ", aws_elasticache_user.service.access_string) : rule if startswith(rule, "~")] == ["~passage:*"]
    error_message = "Keys of others are out of reach."
  }
}

run "every_shard_has_its_copies" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.this.replicas_per_node_group == 1 && aws_elasticache_replication_group.this.multi_az_enabled
    error_message = "Four nodes of two shards are a primary and a replica each, in different zones."
  }
}
