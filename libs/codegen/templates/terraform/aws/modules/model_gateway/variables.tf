variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "domain" {
  description = "Private domain of the models, such as models.example.com; its certificate must cover every name below it."
  type        = string
}

variable "certificate_arn" {
  description = "ACM certificate of that domain; empty until there is one: nothing listens."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "cidr_block" {
  description = "Address range of the VPC."
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

variable "log_bucket" {
  description = "Bucket for access logs."
  type        = string
}

variable "protect" {
  description = "Refuse deletion."
  type        = bool
}
