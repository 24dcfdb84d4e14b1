variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "retention_days" {
  description = "Days data is kept; the log is kept for the longest time that CloudWatch has and that is no longer."
  type        = number
}
