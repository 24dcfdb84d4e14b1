variable "trail_name" {
  description = "Name of the trail; the log bucket lets only this one write."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the log files."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that CloudTrail and CloudWatch Logs may use; null uses AWS-managed encryption."
  type        = string
}

variable "data_bucket_arns" {
  description = "Buckets whose reads and writes are recorded."
  type        = list(string)
}

variable "data_table_arns" {
  description = "DynamoDB tables whose reads and writes are recorded one by one."
  type        = list(string)
  default     = []
}

variable "log_retention_days" {
  description = "Days the events stay searchable in CloudWatch Logs."
  type        = number
}
