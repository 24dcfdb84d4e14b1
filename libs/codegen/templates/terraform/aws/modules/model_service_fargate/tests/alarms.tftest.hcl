# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/example" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/example-dev-guard/0123456789abcdef"
      arn_suffix = "targetgroup/example-dev-guard/0123456789abcdef"
    }
  }
}

variables {
  name              = "example-dev"
  host              = "embeddings"
  announced         = { EMBEDDINGS_KIND = "http" }
  endpoint_variable = "EMBEDDINGS_ENDPOINT"
  size              = { vcpu = 2, memory_gb = 8, min_tasks = 2, max_tasks = 4 }
  enabled           = true
  image             = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/embeddings:1.9.0"
  command           = ["--port", "8000"]
  policies          = ["{}"]
  gateway = {
    listener_arn      = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/example-dev-models/0123456789abcdef/0123456789abcdef"
    security_group_id = "sg-0123456789abcdef0"
    domain            = "models.example.internal"
    zone_id           = "Z0123456789"
    dns_name          = "example.elb.amazonaws.com"
    dns_zone_id       = "Z9876543210"
    arn_suffix        = "app/example-dev-models/0123456789abcdef"
  }
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/example-dev"
  cluster_name               = "example-dev"
  vpc_id                     = "vpc-0123456789abcdef0"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef1"
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "tasks_that_run_and_do_not_answer_are_an_alarm" {
  assert {
    condition = aws_cloudwatch_metric_alarm.unhealthy[0].metric_name == "HealthyHostCount" && aws_cloudwatch_metric_alarm.unhealthy[0].dimensions == tomap({
      TargetGroup  = "targetgroup/example-dev-guard/0123456789abcdef"
      LoadBalancer = "app/example-dev-models/0123456789abcdef"
    })
    error_message = "A load balancer counts who passes its checks, with both dimensions."
  }
}
