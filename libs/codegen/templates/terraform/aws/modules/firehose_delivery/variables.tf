variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Name of the landing bucket, unique across AWS."
  type        = string
}

variable "size" {
  description = "Megabytes or seconds after which a file is written, and days files are kept."
  type        = object({ buffer_mb = number, buffer_seconds = number, retention_days = number })

  validation {
    condition     = var.size.buffer_mb >= 64 && var.size.buffer_seconds <= 900
    error_message = "Conversion to Parquet needs at least 64 MB, and Firehose waits 900 seconds at most."
  }
}

variable "columns" {
  description = "Fields of an event and their Hive types."
  type        = list(object({ name = string, type = string }))
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
