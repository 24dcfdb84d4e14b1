variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "purpose" {
  description = "What the job does: in the names of its role and its runs."
  type        = string
  default     = "process"
}

variable "size" {
  description = "Instance type, instances side by side, volume of each, hours of a run of all instances together."
  type        = object({ instance_type = string, instances = number, storage_gb = optional(number, 30), hours_per_run = number })
}

variable "image" {
  description = "Container image with its tag, in this account's registry."
  type        = string
}

variable "command" {
  description = "Arguments of the image's entry point."
  type        = list(string)
}

variable "environment" {
  description = "Environment variables of the container."
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
  description = "Security group of the job."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for volumes; null uses AWS-managed encryption."
  type        = string
}
