variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Node type, number of data nodes, storage of all of them."
  type        = object({ node_type = string, nodes = number, storage_gb = number })

  validation {
    condition     = var.size.nodes == 1 || var.size.nodes % 2 == 0 || length(var.subnet_ids) >= 3
    error_message = "An odd number of data nodes needs subnets in three zones: two zones take the same number each."
  }
}

variable "writer_role_arn" {
  description = "Role of indexing; it administers the domain and lets the readers in."
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

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
