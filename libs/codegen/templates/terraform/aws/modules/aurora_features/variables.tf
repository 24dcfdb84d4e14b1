variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Least and most capacity units, and instances; the second takes over."
  type        = object({ min_acu = number, max_acu = number, instances = number })
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

variable "retention_days" {
  description = "Days an entity's features are kept after they were last written."
  type        = number
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
