variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Number of availability zones with endpoints; subnets are in two at least."
  type        = object({ azs = number })
}

variable "subnet_zones" {
  description = "Least number of zones with a private subnet."
  type        = number
  default     = 2
}

variable "cidr_block" {
  description = "Address range of the VPC, a /16."
  type        = string
}

variable "interface_services" {
  description = "AWS APIs that workloads call, by the last part of their endpoint service name."
  type        = list(string)
}

variable "log_key_arn" {
  description = "Key for the flow log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the flow log is kept."
  type        = number
}
