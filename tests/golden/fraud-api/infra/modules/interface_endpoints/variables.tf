variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets of the endpoints, one a zone."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group of the tasks and functions that may connect."
  type        = string
}

variable "interface_services" {
  description = "AWS APIs that workloads call, by the last part of their endpoint service name."
  type        = list(string)
}
