variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Data that the queries of a run scan, and how many queries there are."
  type        = object({ scanned_gb_per_run = number, queries_per_run = number })
}

variable "query" {
  description = "Template of the SELECT; it is given purpose (training or scoring) and the name of each table."
  type        = string
}

variable "tables" {
  description = "Folders of raw CSV files, and the columns of their files in order."
  type        = map(list(string))
}

variable "source_uri" {
  description = "Where raw files are, as s3://…/."
  type        = string
}

variable "target_uri" {
  description = "Where Parquet is written, as s3://…/."
  type        = string
}

variable "results_uri" {
  description = "Where Athena keeps lists of what queries wrote, as s3://…/."
  type        = string
}

variable "policies" {
  description = "IAM policy documents of the buckets the queries use."
  type        = list(string)
}

variable "kms_key_arn" {
  description = "Customer-managed key of the bucket that is written; null without one."
  type        = string
}

variable "encrypt_with_key" {
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
