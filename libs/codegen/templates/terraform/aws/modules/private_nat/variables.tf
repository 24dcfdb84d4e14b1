variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Numbers of availability zones and NAT gateways."
  type        = object({ azs = number, nat_gateways = number })
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

variable "log_key_arn" {
  description = "Key for the flow log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the flow log is kept."
  type        = number
}
