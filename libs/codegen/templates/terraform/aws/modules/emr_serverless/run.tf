locals {
  spark = {
    "spark.driver.cores"                   = local.cpu
    "spark.driver.memory"                  = "${local.task_gb}g"
    "spark.executor.cores"                 = local.cpu
    "spark.executor.memory"                = "${local.task_gb}g"
    "spark.executor.instances"             = var.size.workers
    "spark.dynamicAllocation.maxExecutors" = var.size.workers
  }

  parameters = {
    ApplicationId           = aws_emrserverless_application.this.id
    ExecutionRoleArn        = aws_iam_role.this.arn
    ExecutionTimeoutMinutes = local.timeout_minutes
    Name                    = local.job_name
    JobDriver = {
      SparkSubmit = {
        EntryPoint            = "s3://${var.script_bucket}/${aws_s3_object.script.key}"
        EntryPointArguments   = flatten([for name, value in var.arguments : [name, value]])
        SparkSubmitParameters = join(" ", [for name, value in local.settings : "--conf ${name}=${value}"])
      }
    }
    ConfigurationOverrides = {
      MonitoringConfiguration = {
        CloudWatchLoggingConfiguration = merge(
          { Enabled = true, LogGroupName = aws_cloudwatch_log_group.this.name },
          var.log_key_arn == null ? {} : { EncryptionKeyArn = var.log_key_arn },
        )
      }
    }
  }

  # Driver and workers find the same environment as every other job.
  settings = merge(
    local.spark,
    { for name, value in var.environment : "spark.emr-serverless.driverEnv.${name}" => value },
    { for name, value in var.environment : "spark.executorEnv.${name}" => value },
  )
}
