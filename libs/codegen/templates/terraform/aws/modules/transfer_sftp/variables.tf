variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Name of the landing bucket, unique across AWS."
  type        = string
}

variable "size" {
  description = "Days delivered files are kept."
  type        = object({ retention_days = number })
}

variable "partners" {
  description = "SSH public key of each partner, by the user name it signs in with."
  type        = map(string)

  validation {
    condition     = alltrue([for name in keys(var.partners) : can(regex("^[a-z0-9][a-z0-9_-]{2,19}$", name))])
    error_message = "A user name has 3 to 20 lower-case letters, digits, hyphens and underscores."
  }
}

variable "partner_cidrs" {
  description = "Addresses that partners connect from."
  type        = list(string)

  validation {
    condition     = alltrue([for cidr in var.partner_cidrs : can(cidrhost(cidr, 0)) && !endswith(cidr, "/0")])
    error_message = "Name the partners' own ranges; the whole internet is none."
  }
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the logs; null uses AWS-managed encryption."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
  type        = string
}

variable "log_retention_days" {
  description = "Days the logs are kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}

variable "expiring" {
  description = "Prefixes of the landing bucket that expire, with their days, while all else is kept; empty: everything expires alike."
  type        = map(number)
  default     = {}
}
