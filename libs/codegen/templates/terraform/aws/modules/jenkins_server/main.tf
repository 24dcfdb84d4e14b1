data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  full_name = "${var.name}-jenkins"
  enabled   = var.certificate_arn != "" && !contains(values(var.image_tags), "")
  task_arns = "${replace(var.cluster_arn, ":cluster/", ":task/")}/*"
  hosts     = { jenkins = { port = 8080, health_path = "/login" } }
  logs = {
    for name in ["agent", "builder", "controller"] : name => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.region
        awslogs-stream-prefix = name
      }
    }
  }
}

# One controller for one home folder: the old task stops before the new one starts.
resource "aws_ecs_service" "this" {
  count                              = local.enabled ? 1 : 0
  name                               = local.full_name
  cluster                            = var.cluster_arn
  task_definition                    = aws_ecs_task_definition.controller.arn
  launch_type                        = "FARGATE"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100
  propagate_tags                     = "SERVICE"
  health_check_grace_period_seconds  = 600

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id, aws_security_group.this.id]
  }

  load_balancer {
    target_group_arn = module.gateway.target_group_arns["jenkins"]
    container_name   = "controller"
    container_port   = local.hosts.jenkins.port
  }

  depends_on = [module.gateway]
}

resource "aws_ecs_task_definition" "controller" {
  #checkov:skip=CKV_AWS_336:Jenkins unpacks itself and its plug-ins beside its home folder when it starts.
  family                   = local.full_name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.size.vcpu * 1024
  memory                   = var.size.memory_gb * 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.controller.arn

  volume {
    name = "home"

    efs_volume_configuration {
      file_system_id     = module.files.volume.file_system_id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = module.files.volume.access_point_id
        iam             = "ENABLED"
      }
    }
  }

  container_definitions = jsonencode([{
    name             = "controller"
    image            = "${var.repositories["jenkins"]}:${var.image_tags.jenkins}"
    essential        = true
    portMappings     = [{ containerPort = local.hosts.jenkins.port }]
    mountPoints      = [{ sourceVolume = "home", containerPath = "/var/jenkins_home" }]
    logConfiguration = local.logs["controller"]
    entryPoint       = ["/bin/bash", "-ec"]
    command          = ["printf '%s' \"$SETTINGS\" > \"$CASC_JENKINS_CONFIG\"; exec /usr/bin/tini -- /usr/local/bin/jenkins.sh"]
    environment = [
      { name = "CASC_JENKINS_CONFIG", value = "/var/jenkins_home/settings.yaml" },
      { name = "JAVA_OPTS", value = "-Djenkins.install.runSetupWizard=false -XX:MaxRAMPercentage=70" },
      { name = "SETTINGS", value = local.settings },
    ]
    secrets = [
      for key in ["ADMIN_PASSWORD", "REPOSITORY_USER", "REPOSITORY_TOKEN"] :
      { name = key, valueFrom = "${aws_secretsmanager_secret.this.arn}:${key}::" }
    ]
  }])
}

module "gateway" {
  source                 = "../internal_gateway"
  name                   = local.full_name
  domain                 = var.domain
  certificate_arn        = var.certificate_arn
  hosts                  = local.hosts
  client_cidrs           = var.client_cidrs
  task_security_group_id = aws_security_group.this.id
  vpc_id                 = var.vpc_id
  subnet_ids             = var.subnet_ids
  log_bucket             = var.log_bucket
  protect                = var.protect
}

module "files" {
  source                 = "../task_files"
  name                   = local.full_name
  subnet_ids             = var.subnet_ids
  task_security_group_id = aws_security_group.this.id
  task_role_arn          = aws_iam_role.controller.arn
  kms_key_arn            = var.kms_key_arn
}

resource "aws_security_group" "this" {
  name_prefix = "${local.full_name}-task-"
  description = "Jenkins of ${var.project} and its files"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/${local.full_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Filled by hand: {"ADMIN_PASSWORD": "…", "REPOSITORY_USER": "…", "REPOSITORY_TOKEN": "…"}.
resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:The token is issued by the code host, which a rotation function of this account cannot ask for a new one.
  name                    = "${var.name}/jenkins"
  description             = "Password of Jenkins' administrator, and the token that reads the repository"
  kms_key_id              = var.secret_key_arn
  recovery_window_in_days = var.protect ? 30 : 7
}

resource "aws_cloudwatch_metric_alarm" "healthy" {
  count               = local.enabled ? 1 : 0
  alarm_name          = "${local.full_name}-down"
  alarm_description   = "Jenkins does not answer: nothing is deployed until it does."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = module.gateway.dimensions["jenkins"]
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 15
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
