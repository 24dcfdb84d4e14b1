variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "database" {
  description = "Name of the database."
  type        = string
  default     = "ml"
}

variable "size" {
  description = "Class or least and most capacity units, and instances; the second takes over."
  type = object({
    instance_class = optional(string, "db.serverless")
    min_acu        = optional(number, 0.5)
    max_acu        = optional(number, 1)
    instances      = number
  })

  validation {
    condition     = var.size.min_acu >= 0.5 && var.size.max_acu >= var.size.min_acu && var.size.max_acu <= 256
    error_message = "Capacity goes from 0.5 to 256 units, the least not above the most."
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

variable "protect" {
  description = "Refuse deletion, keep backups for 35 days and take a last snapshot."
  type        = bool
}

variable "retention_days" {
  description = "Days that rows of past runs are kept, which each new run deletes after; null keeps them."
  type        = number
  default     = null
}
