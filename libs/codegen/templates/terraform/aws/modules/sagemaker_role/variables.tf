variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "role_name" {
  description = "Name of the role."
  type        = string
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "in_vpc" {
  description = "Whether the container runs in the VPC and needs network interfaces there."
  type        = bool
}

variable "kms_key_arn" {
  description = "Customer-managed key for volumes and output; null uses AWS-managed encryption."
  type        = string
}
