locals {
  role_arns = {
    for target in ["plan", "dev", "staging", "prod"] :
    target => "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.project}-ci-${target}"
  }

  # Where a build starts the task that makes an image.
  builder_network = jsonencode({
    awsvpcConfiguration = { subnets = var.subnet_ids, securityGroups = [var.workload_security_group_id, aws_security_group.builder.id], assignPublicIp = "DISABLED" }
  })

  # What ci/image.sh asks for.
  build_variables = {
    BUILD_CLUSTER = var.cluster_arn
    BUILD_NETWORK = local.builder_network
    BUILD_ROLES   = trimsuffix(local.role_arns["plan"], "plan")
    BUILD_TASK    = "${local.full_name}-builder"
  }

  # Jenkins reads this when it starts; what is changed by hand is gone after the next start.
  settings = yamlencode({
    jenkins = {
      numExecutors          = 0
      securityRealm         = { local = { allowsSignup = false, users = [{ id = "admin", password = "$${ADMIN_PASSWORD}" }] } }
      authorizationStrategy = { loggedInUsersCanDoAnything = { allowAnonymousRead = false } }
      globalNodeProperties = [{
        envVars = {
          env = [for key, value in merge(local.build_variables, { TF_STATE_BUCKET = var.state_bucket }) : { key = key, value = value }]
        }
      }]
      clouds = [{
        ecs = {
          name          = "fargate"
          cluster       = var.cluster_arn
          regionName    = data.aws_region.current.region
          credentialsId = ""
          jenkinsUrl    = "${module.gateway.urls["jenkins"]}/"
          templates = [
            for target, definition in aws_ecs_task_definition.agent : {
              templateName           = target
              label                  = target
              launchType             = "FARGATE"
              networkMode            = "awsvpc"
              taskDefinitionOverride = definition.family
              agentContainerName     = "agent"
              assignPublicIp         = false
              subnets                = join(",", var.subnet_ids)
              securityGroups         = var.workload_security_group_id
            }
          ]
        }
      }]
    }
    credentials = {
      system = {
        domainCredentials = [{
          credentials = [{
            usernamePassword = { scope = "GLOBAL", id = "repository", username = "$${REPOSITORY_USER}", password = "$${REPOSITORY_TOKEN}" }
          }]
        }]
      }
    }
    unclassified = { location = { url = "${module.gateway.urls["jenkins"]}/" } }
    jobs         = [{ script = local.job }]
  })

  # Only main, which the code host protects: an agent of prod asks nobody which branch wants it. A Jenkinsfile's triggers count from its
  # first build on, and settings that are read again forget them until the next one: the job has them itself.
  job = <<-GROOVY
    pipelineJob('${var.project}') {
      properties {
        pipelineTriggers {
          triggers {
            pollSCM { scmpoll_spec('H/5 * * * *') }
            ${join("; ", [for schedule in var.schedules : "cron { spec('${schedule}') }"])}
          }
        }
      }
      definition {
        cpsScm {
          scm {
            git {
              remote { url('${var.repository_url}'); credentials('repository') }
              branch('*/main')
            }
          }
          scriptPath('Jenkinsfile')
        }
      }
    }
  GROOVY
}

# An agent lives for one stage, under the role of what the stage is for.
resource "aws_ecs_task_definition" "agent" {
  #checkov:skip=CKV_AWS_336:A build writes where it likes; the task is thrown away after it.
  for_each                 = local.role_arns
  family                   = "${local.full_name}-agent-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.agent_size.vcpu * 1024
  memory                   = var.agent_size.memory_gb * 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = each.value

  container_definitions = jsonencode([{
    name             = "agent"
    image            = "${var.repositories["jenkins-agent"]}:${var.image_tags.agent}"
    essential        = true
    environment      = [{ name = "JENKINS_WEB_SOCKET", value = "true" }]
    logConfiguration = local.logs["agent"]
  }])
}

# Fargate has no Docker: a build starts a task, which makes the image and pushes it under the role the build gives it. An image is made on
# the kind of processor that it runs on.
resource "aws_ecs_task_definition" "builder" {
  #checkov:skip=CKV_AWS_336:The builder unpacks the image that it makes over its own root; the task is thrown away after it.
  for_each                 = toset(var.processors)
  family                   = "${local.full_name}-builder-${each.value}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 2048
  memory                   = 8192
  execution_role_arn       = aws_iam_role.execution.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = each.value == "arm64" ? "ARM64" : "X86_64"
  }

  container_definitions = jsonencode([{
    name             = "builder"
    image            = "${var.repositories["jenkins-builder"]}:${var.image_tags.builder}"
    essential        = true
    environment      = [{ name = "AWS_REGION", value = data.aws_region.current.region }]
    logConfiguration = local.logs["builder"]
  }])
}

# Packages of Debian come over plain HTTP, signed; nothing else leaves that way.
resource "aws_security_group" "builder" {
  #checkov:skip=CKV2_AWS_5:Attached by each task that a build starts, which Terraform does not see.
  name_prefix = "${local.full_name}-builder-"
  description = "Tasks that make images for ${var.project}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "packages" {
  #policy:accept=baseline.tf_egress:Debian serves its signed packages over plain HTTP, from addresses that change.
  security_group_id = aws_security_group.builder.id
  description       = "Package sources of Debian"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}
