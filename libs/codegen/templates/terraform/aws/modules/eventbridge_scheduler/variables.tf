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
    condition = alltrue([
      for spec in values(var.pipelines) :
      try(regex("^cron\\(\\S+ (\\d+) ", spec.schedule)[0] + length(spec.steps) <= 24, true)
    ])
    error_message = "The last step would start after midnight, on a day the schedule does not mean: choose an earlier hour."
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
