variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "environment_name" {
  description = "Name of the Airflow environment, as its metrics have it."
  type        = string
}

variable "bucket" {
  description = "Bucket that Airflow reads its DAGs from."
  type        = string
}

variable "dags_path" {
  description = "Folder of the DAGs in that bucket."
  type        = string
}

variable "role_name" {
  description = "Role under which Airflow runs."
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

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "alarm_key_arn" {
  description = "Customer-managed key of that topic; null for an AWS-managed one."
  type        = string
}
