variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "prefix" {
  description = "Objects below this prefix are copied."
  type        = string
}

variable "source_bucket" {
  description = "Name of the bucket that is copied; it is versioned."
  type        = string
}

variable "source_bucket_arn" {
  description = "ARN of that bucket."
  type        = string
}

variable "source_key_arn" {
  description = "Customer-managed key of that bucket; null for the AWS-managed key."
  type        = string
}

variable "target_bucket_arn" {
  description = "Bucket in the other region; it is versioned."
  type        = string
}

variable "target_key_arn" {
  description = "Customer-managed key of that bucket."
  type        = string
}
