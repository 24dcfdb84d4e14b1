variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Node type and number of nodes; the second is the standby."
  type        = object({ node_type = string, nodes = number })
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
  description = "Customer-managed key; null uses the ElastiCache key."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "protect" {
  description = "Take a last snapshot and apply changes in the maintenance window only."
  type        = bool
}
