variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "rules" {
  description = "Rules of Prometheus as YAML; empty where no collector writes anything that a rule could look at."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms; its policy names aps.amazonaws.com."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for the metrics; null uses an AWS-owned key."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}
