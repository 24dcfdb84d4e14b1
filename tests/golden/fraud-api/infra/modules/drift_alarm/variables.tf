variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "project" {
  description = "Namespace of the metrics; containers have it as PROJECT."
  type        = string
}

variable "environment" {
  description = "Dimension of the metrics; containers have it as ENVIRONMENT."
  type        = string
}

variable "says" {
  description = "What the alarms say, and the runbook that answers them."
  type        = object({ drift = string, quality = string, runbook = string })
  default = {
    drift   = "New rows differ from training by more than chance allows"
    quality = "Cells are missing, broken or unknown more often than in training"
    runbook = "drift.md"
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "pod_log_group" {
  description = "Log group of pods of EKS whose lines hold the outcome of checks; null where containers log by themselves."
  type        = string
  default     = null
}

variable "batch" {
  description = "Whether runs are checked, each as a whole, and not parts of the traffic of a service."
  type        = bool
}

variable "silent_hours" {
  description = "Hours without a check after which a batch is late; null where none is scored on a schedule."
  type        = number
  default     = null

  validation {
    condition     = coalesce(var.silent_hours, 1) >= 1 && coalesce(var.silent_hours, 1) <= 168
    error_message = "An alarm looks back seven days at most."
  }
}

variable "retrain" {
  description = "What drift starts, and the hours since its last run, however it was started, before it starts another; null leaves retraining to a person."
  type        = object({ state_machine_arn = string, pause_hours = number })

  validation {
    condition     = var.retrain == null ? true : var.retrain.pause_hours >= 1
    error_message = "At least an hour, so that an alarm that comes and goes cannot train without end."
  }
}

variable "enable_schedules" {
  description = "Let drift start a run; false until images exist."
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
