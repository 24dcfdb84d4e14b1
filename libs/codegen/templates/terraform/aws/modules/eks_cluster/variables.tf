variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "kubernetes_version" {
  description = "Version of Kubernetes."
  type        = string
  default     = "1.35"
}

variable "nodes" {
  description = "Type, least and most nodes of the managed group, and the volume of each."
  type        = object({ instance_type = string, min = number, max = number, volume_gb = optional(number, 50) })

  validation {
    condition     = var.nodes.min >= 2 && var.nodes.max >= var.nodes.min
    error_message = "Add-ons run twice: the group has two nodes at least."
  }
}

variable "admin_role_arns" {
  description = "Roles that may do everything in the cluster."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group of tasks and functions, which databases know."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for Kubernetes Secrets and node volumes; null uses AWS-managed encryption."
  type        = string
}

variable "customer_managed_keys" {
  description = "Whether there is a customer-managed key; known before the key is."
  type        = bool
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
  description = "Refuse deletion of the cluster."
  type        = bool
}
