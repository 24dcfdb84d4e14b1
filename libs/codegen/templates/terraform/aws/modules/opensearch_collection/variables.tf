variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "standby" {
  description = "Keep replicas in a second zone."
  type        = bool
}

variable "planned_search_units" {
  description = "Search units of the plan; half as many more raise an alarm."
  type        = number
}

variable "writer_role_arn" {
  description = "Role of indexing."
  type        = string
}

variable "reader_role_arns" {
  description = "Roles of whoever searches."
  type        = list(string)
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
  description = "Security group of the tasks and functions that may connect."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed one."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
