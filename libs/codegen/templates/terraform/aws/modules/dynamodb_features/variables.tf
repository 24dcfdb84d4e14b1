variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Planned reads a second."
  type        = object({ read_rps = number })
}

variable "retention_days" {
  description = "Days an entity's features are kept after they were last written."
  type        = number
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the account's aws/dynamodb key."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "protect" {
  description = "Refuse deletion of the table."
  type        = bool
}

variable "replica_region" {
  description = "Second region that holds a copy, written to as well; null keeps the table in one."
  type        = string
  default     = null
}

variable "customer_managed_keys" {
  description = "Whether kms_key_arn names a key: known before the key exists. The copy then gets a key of its own."
  type        = bool
  default     = false
}
