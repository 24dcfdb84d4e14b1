# SageMaker's own steps take the parameters of the job as they are; Spark's are written in small letters there.
locals {
  given = { for pipeline, spec in var.pipelines : pipeline => [for step in spec.steps : jsondecode(step.job.parameters)] }

  arguments = {
    for pipeline, jobs in local.given : pipeline => [
      for job in jobs : jsondecode(can(job.ApplicationId) ? jsonencode({
        ApplicationId    = job.ApplicationId
        ExecutionRoleArn = job.ExecutionRoleArn
        JobConfig = {
          applicationId           = job.ApplicationId
          executionRoleArn        = job.ExecutionRoleArn
          executionTimeoutMinutes = job.ExecutionTimeoutMinutes
          name                    = job.Name
          jobDriver = {
            sparkSubmit = {
              entryPoint            = job.JobDriver.SparkSubmit.EntryPoint
              entryPointArguments   = job.JobDriver.SparkSubmit.EntryPointArguments
              sparkSubmitParameters = job.JobDriver.SparkSubmit.SparkSubmitParameters
            }
          }
          configurationOverrides = {
            monitoringConfiguration = {
              cloudWatchLoggingConfiguration = {
                for name, value in job.ConfigurationOverrides.MonitoringConfiguration.CloudWatchLoggingConfiguration :
                "${lower(substr(name, 0, 1))}${substr(name, 1, -1)}" => value
              }
            }
          }
        }
      }) : jsonencode(job))
    ]
  }
}
