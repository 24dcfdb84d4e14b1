variable "name" {
  description = "Bucket name, unique across AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits and hyphens."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the account's aws/s3 key."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
  type        = string
}

variable "retention_days" {
  description = "Objects expire after so many days; 0 keeps them."
  type        = number
  default     = 0
}

variable "expiring" {
  description = "Prefixes whose objects expire on their own, with their days."
  type        = map(number)
  default     = {}
}

variable "eventbridge" {
  description = "Publish object events to EventBridge."
  type        = bool
  default     = false
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}
