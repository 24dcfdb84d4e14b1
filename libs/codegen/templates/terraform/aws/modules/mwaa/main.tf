resource "aws_mwaa_environment" "this" {
  name                  = var.name
  airflow_version       = "2.10.3"
  environment_class     = "mw1.${var.size.environment}"
  min_workers           = var.size.min_workers
  max_workers           = var.size.max_workers
  execution_role_arn    = aws_iam_role.this.arn
  source_bucket_arn     = var.bucket_arn
  dag_s3_path           = local.dags_path
  kms_key               = var.log_key_arn
  webserver_access_mode = "PRIVATE_ONLY"

  network_configuration {
    subnet_ids         = slice(var.subnet_ids, 0, 2)
    security_group_ids = [aws_security_group.this.id, var.workload_security_group_id]
  }

  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = "WARNING"
    }

    scheduler_logs {
      enabled   = true
      log_level = "WARNING"
    }

    task_logs {
      enabled   = true
      log_level = "INFO"
    }

    webserver_logs {
      enabled   = true
      log_level = "WARNING"
    }

    worker_logs {
      enabled   = true
      log_level = "WARNING"
    }
  }

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.this]
}

locals {
  dags_path = "airflow/dags"
}

module "dags" {
  source           = "../airflow_dags"
  name             = var.name
  environment_name = var.name
  bucket           = var.bucket
  dags_path        = local.dags_path
  role_name        = aws_iam_role.this.name
  pipelines        = var.pipelines
  enable_schedules = var.enable_schedules
  alarm_topic_arn  = var.alarm_topic_arn
  alarm_key_arn    = var.log_key_arn
}

# Airflow writes to groups of these names; made beforehand they expire.
resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["DAGProcessing", "Scheduler", "Task", "WebServer", "Worker"])
  name              = "airflow-${var.name}-${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

# Schedulers, workers and web server talk to each other.
resource "aws_security_group" "this" {
  name_prefix = "${var.name}-airflow-"
  description = "Airflow of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = { https = 443, database = 5432 }
  security_group_id            = aws_security_group.this.id
  description                  = "From Airflow itself, ${each.key}"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id            = aws_security_group.this.id
  description                  = "The web server, from workloads"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_cloudwatch_metric_alarm" "heartbeat" {
  alarm_name          = "${var.name}-airflow-scheduler"
  alarm_description   = "Airflow's scheduler gives no sign of life: nothing is started."
  namespace           = "AmazonMWAA"
  metric_name         = "SchedulerHeartbeat"
  dimensions          = { Environment = aws_mwaa_environment.this.name, Function = "Scheduler" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic_arn]
}
