variable "name" {
  description = "Name of queue and job: project, environment and job."
  type        = string
}

variable "size" {
  description = "Machine type, jobs side by side, volume of each machine, hours of a run of all machines together, and whether they are Spot capacity."
  type = object({
    instance_type = string
    jobs          = optional(number, 1)
    storage_gb    = optional(number, 30)
    hours_per_run = number
    spot          = bool
  })
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
  description = "Security group of the machines."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for the machines' volumes; null uses aws/ebs."
  type        = string
}

variable "customer_managed_keys" {
  description = "Whether kms_key_arn names a key: known before the key exists."
  type        = bool
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}
