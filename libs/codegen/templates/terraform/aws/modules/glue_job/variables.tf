variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Data processing units and hours of a run."
  type        = object({ dpu = number, hours_per_run = number })
}

variable "script_bucket" {
  description = "Bucket that holds the script."
  type        = string
}

variable "source_uri" {
  description = "Where raw files are, as s3://…/."
  type        = string
}

variable "target_uri" {
  description = "Where Parquet is written, as s3://…/."
  type        = string
}

variable "policies" {
  description = "IAM policy documents of the buckets the job uses."
  type        = list(string)
}

variable "kms_key_arn" {
  description = "Customer-managed key for data; null uses AWS-managed encryption."
  type        = string
}

variable "log_key_arn" {
  description = "Customer-managed key for logs; null uses AWS-managed encryption."
  type        = string
}
