mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/fraud-dev-observe-task" }
  }

  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:fraud-dev/grafana" }
  }

  mock_resource "aws_efs_file_system" {
    defaults = { id = "fs-0a1b2c3d4e5f60718" }
  }

  mock_resource "aws_efs_access_point" {
    defaults = { id = "fsap-0a1b2c3d4e5f60718" }
  }

  mock_resource "aws_security_group" {
    defaults = { id = "sg-0a1b2c3d4e5f60718" }
  }

  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/fraud/50dc6c495c0c9188" }
  }

  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/fraud/50dc6c495c0c9188/f2f7dc8efc522ab2" }
  }

  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/fraud/73e2d6bc24d8a067" }
  }

  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/fraud-dev-observe:1" }
  }
}

variables {
  name                       = "fraud-dev"
  size                       = { vcpu = 1, memory_gb = 4 }
  repositories               = { alertmanager = "r/alertmanager", grafana = "r/grafana", prometheus = "r/prometheus" }
  image_tags                 = { alertmanager = "v0.28.1", grafana = "12.1.0", prometheus = "v3.5.0" }
  domain                     = "observe.fraud-dev.internal"
  certificate_arn            = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
  client_cidrs               = ["10.10.0.0/16"]
  rules                      = "groups: []"
  service_dashboard          = ""
  widgets                    = [{ title = "Requests", metrics = [["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "app/a/b"]], stat = "Sum" }]
  retention_days             = 90
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/fraud-dev"
  vpc_id                     = "vpc-1"
  subnet_ids                 = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  workload_security_group_id = "sg-1"
  log_bucket                 = "fraud-dev-logs"
  kms_key_arn                = null
  secret_key_arn             = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:alerts"
  protect                    = false
}

run "one_server_with_its_settings" {
  command = apply

  assert {
    condition     = length(aws_ecs_service.this) == 1 && aws_ecs_service.this[0].deployment_maximum_percent == 100
    error_message = "Two servers must never write the same samples."
  }

  assert {
    condition = alltrue([
      for container in jsondecode(aws_ecs_task_definition.this.container_definitions) :
      !contains([for variable in container.environment : variable.value], "")
    ])
    error_message = "Every setting has a value."
  }

  assert {
    condition     = yamldecode(local.alertmanager_config).receivers[0].sns_configs[0].topic_arn == var.alarm_topic_arn
    error_message = "Alerts go to the topic."
  }

  assert {
    condition     = jsondecode(local.platform).panels[0].targets[0].dimensions.LoadBalancer[0] == "app/a/b"
    error_message = "A chart asks CloudWatch for the dimensions of its metric."
  }
}

run "nothing_runs_without_an_image" {
  command = apply

  variables {
    image_tags = { alertmanager = "v0.28.1", grafana = "", prometheus = "v3.5.0" }
  }

  assert {
    condition     = length(aws_ecs_service.this) == 0
    error_message = "A service without its image would only fail."
  }
}

run "nothing_listens_without_a_certificate" {
  command = apply

  variables {
    certificate_arn = ""
  }

  assert {
    condition     = length(aws_ecs_service.this) == 0 && output.dashboard == "https://grafana.observe.fraud-dev.internal"
    error_message = "Without a certificate there is no way in, and nothing to reach."
  }
}
