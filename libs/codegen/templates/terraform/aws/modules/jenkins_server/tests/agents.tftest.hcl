mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/fraud-dev-jenkins-task" }
  }

  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:fraud-prod/jenkins" }
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
    defaults = { arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/fraud-dev-jenkins:1" }
  }
}

variables {
  name                       = "fraud-prod"
  project                    = "fraud"
  size                       = { vcpu = 1, memory_gb = 4 }
  repositories               = { jenkins = "r/jenkins", jenkins-agent = "r/agent", jenkins-builder = "r/builder" }
  image_tags                 = { jenkins = "2.516.3", agent = "1", builder = "1.25.0" }
  repository_url             = "https://git.example.com/acme/fraud.git"
  state_bucket               = "fraud-tfstate-123456789012"
  domain                     = "ci.fraud.internal"
  certificate_arn            = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
  client_cidrs               = ["10.30.0.0/16"]
  cluster_arn                = "arn:aws:ecs:us-east-1:123456789012:cluster/fraud-prod"
  vpc_id                     = "vpc-1"
  subnet_ids                 = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  workload_security_group_id = "sg-1"
  log_bucket                 = "fraud-prod-logs"
  kms_key_arn                = null
  secret_key_arn             = null
  log_key_arn                = null
  log_retention_days         = 365
  alarm_topic_arn            = "arn:aws:sns:us-east-1:123456789012:alerts"
  protect                    = false
  processors                 = ["amd64", "arm64"]
  schedules                  = ["17 5 * * 1"]
}

run "each_target_has_an_agent_under_its_role" {
  command = apply

  assert {
    condition     = endswith(aws_ecs_task_definition.agent["staging"].task_role_arn, ":role/fraud-ci-staging")
    error_message = "An agent runs under the role of its target."
  }

  assert {
    condition     = [for template in yamldecode(local.settings).jenkins.clouds[0].ecs.templates : template.label] == ["dev", "plan", "prod", "staging"]
    error_message = "Jenkins knows an agent for each target."
  }

  assert {
    condition     = yamldecode(local.settings).jenkins.securityRealm.local.users[0].password == "$${ADMIN_PASSWORD}"
    error_message = "The settings name the password and do not hold it."
  }

  assert {
    condition     = length(aws_ecs_service.this) == 1
    error_message = "With images and a certificate Jenkins runs."
  }
}

run "builds_by_hand_know_what_jenkins_knows" {
  command = apply

  assert {
    condition = {
      for variable in yamldecode(local.settings).jenkins.globalNodeProperties[0].envVars.env : variable.key => variable.value
    } == merge({ for key, value in output.build_variables : key => value }, { TF_STATE_BUCKET = "fraud-tfstate-123456789012" })
    error_message = "A person who makes an image gets the variables that Jenkins has."
  }
}

run "agents_start_with_their_tags" {
  command = apply

  assert {
    condition = one(one(one([
      for statement in data.aws_iam_policy_document.controller.statement : statement.condition if contains(statement.actions, "ecs:TagResource")
    ])).values) == "RunTask"
    error_message = "The plug-in tags each task that it starts, and nothing else."
  }
}

run "the_job_looks_at_main_from_the_first_day" {
  command = apply

  assert {
    condition     = strcontains(local.job, "pollSCM { scmpoll_spec('H/5 * * * *') }") && strcontains(local.job, "cron { spec('17 5 * * 1') }")
    error_message = "Without a trigger of its own the job waits for a person to start its first build."
  }
}

run "nothing_runs_without_an_image" {
  command = apply

  variables {
    image_tags = { jenkins = "2.516.3", agent = "", builder = "1.25.0" }
  }

  assert {
    condition     = length(aws_ecs_service.this) == 0
    error_message = "A controller without agents would only queue."
  }
}

run "an_address_that_is_no_address_is_refused" {
  command = plan

  variables {
    repository_url = "https://git.example.com/x'); evil('"
  }

  expect_failures = [var.repository_url]
}
