variable "bucket_name" {
  description = "Bucket name, unique across AWS."
  type        = string
}

variable "size" {
  description = "Days raw files are kept."
  type        = object({ retention_days = number })
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the account's aws/s3 key."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
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
