variable "name" {
  description = "Name of the task: project, environment and job."
  type        = string
}

variable "size" {
  description = "Virtual CPUs, memory and disk, and hours of a run."
  type        = object({ vcpu = number, memory_gb = number, storage_gb = optional(number, 20), hours_per_run = number })
}

variable "cluster_arn" {
  description = "Cluster the task runs in."
  type        = string
}

variable "image" {
  description = "Container image with its tag."
  type        = string
}

variable "command" {
  description = "Arguments of the image's entry point."
  type        = list(string)
}

variable "environment" {
  description = "Environment variables of the container; no secrets, only where to find them."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the task."
  type        = string
}

variable "assign_public_ip" {
  description = "Give each task a public address: for networks whose only way out that is."
  type        = bool
  default     = false
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}
