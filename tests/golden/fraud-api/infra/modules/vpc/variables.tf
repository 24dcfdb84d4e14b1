variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "cidr_block" {
  description = "Address range, a /16; each subnet gets a /20 of it."
  type        = string
}

variable "azs" {
  description = "Number of availability zones."
  type        = number

  validation {
    condition     = var.azs >= 2 && var.azs <= 6
    error_message = "Two zones are the least that survives the loss of one; the address plan holds six."
  }
}

variable "log_key_arn" {
  description = "Key for the flow log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the flow log is kept."
  type        = number
}
