variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "pipelines" {
  description = "Steps of each pipeline in order, and its EventBridge expression; an empty schedule is started by hand."
  type = map(object({
    schedule = string
    steps = list(object({
      name = string
      job = object({
        sync_resource   = string
        sdk_target      = string
        parameters      = string
        unique_name     = optional(object({ parameter = string, prefix = string }))
        start_policy    = string
        failure_event   = string
        timeout_seconds = number
      })
    }))
  }))

  validation {
    condition = alltrue(flatten([
      for spec in values(var.pipelines) : [
        for step in spec.steps :
        can(regex(":(sagemaker:create|emr-serverless:start)", step.job.sync_resource))
      ]
    ]))
    error_message = "A SageMaker pipeline waits for SageMaker and EMR Serverless jobs only."
  }
}

variable "enable_schedules" {
  description = "Start pipelines on schedule; false until images exist."
  type        = bool
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
