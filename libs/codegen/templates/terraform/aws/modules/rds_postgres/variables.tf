variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Instance class, storage and whether a standby runs in a second zone."
  type        = object({ instance_class = string, storage_gb = number, multi_az = bool })

  validation {
    condition     = var.size.storage_gb >= 20
    error_message = "gp3 storage starts at 20 GB."
  }
}

variable "variable_prefix" {
  description = "First part of the names of the environment variables, where an environment has several databases."
  type        = string
  default     = ""
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Who may connect."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the account's aws/rds key."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the password; null uses aws/secretsmanager."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the exported logs; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the exported logs are kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "protect" {
  description = "Refuse deletion, keep backups for 35 days and take a last snapshot."
  type        = bool
}

variable "retention_days" {
  description = "Days that rows of past runs are kept, which each new run deletes after; null keeps them."
  type        = number
  default     = null
}
