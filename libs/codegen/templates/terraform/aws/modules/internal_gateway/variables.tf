variable "name" {
  description = "Name of the gateway: project, environment and what it is for."
  type        = string
}

variable "domain" {
  description = "Private domain; each service answers under a name below it."
  type        = string
}

variable "certificate_arn" {
  description = "ACM certificate that covers every name below the domain; empty lets nobody in."
  type        = string
}

variable "hosts" {
  description = "Services by the first part of their names: port, path that says whether they are healthy, and paths that are let in."
  type        = map(object({ port = number, health_path = string, paths = optional(list(string), ["/*"]) }))
}

variable "client_cidrs" {
  description = "Address ranges that may call: the VPC and what is connected to it."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "Security group of the tasks behind the gateway; it is opened for the gateway alone."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "log_bucket" {
  description = "Bucket for the access log."
  type        = string
}

variable "protect" {
  description = "Refuse deletion of the load balancer."
  type        = bool
}
