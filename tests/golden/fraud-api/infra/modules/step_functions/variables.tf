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
}

variable "enable_schedules" {
  description = "Start pipelines on schedule; false until images exist."
  type        = bool
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
