variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Base capacity in processing units, and hours a month it is planned to work."
  type        = object({ base_rpu = number, busy_hours = number })

  validation {
    condition     = var.size.base_rpu >= 8 && var.size.base_rpu % 8 == 0
    error_message = "The base is a multiple of 8 processing units."
  }
}

variable "copy_policies" {
  description = "IAM policy documents of the buckets that files are loaded from."
  type        = list(string)
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least three zones."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 3
    error_message = "With enhanced VPC routing a workgroup takes three subnets in three zones."
  }
}

variable "workload_security_group_id" {
  description = "Who may connect."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the secret; null uses aws/secretsmanager."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the logs; null uses AWS-managed encryption."
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
