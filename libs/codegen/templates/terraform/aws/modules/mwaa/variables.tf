variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Class of the environment (small, medium, large), fewest and most workers."
  type        = object({ environment = string, min_workers = number, max_workers = number })
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

variable "bucket" {
  description = "Name of that bucket."
  type        = string
}

variable "bucket_arn" {
  description = "Versioned bucket that holds the DAGs."
  type        = string
}

variable "bucket_policy" {
  description = "IAM policy document of its readers."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones; Airflow takes two."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group that lets Airflow call out."
  type        = string
}

variable "log_key_arn" {
  description = "Key of Airflow's database, queue and logs, and of the alarm topic; null uses AWS-managed keys."
  type        = string
}

variable "log_retention_days" {
  description = "Days the logs are kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
