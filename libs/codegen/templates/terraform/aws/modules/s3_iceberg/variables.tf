variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Bucket name, unique across AWS."
  type        = string
}

variable "size" {
  description = "Days rows are kept, and days the table can be set back."
  type        = object({ retention_days = number, snapshot_days = number })
}

variable "columns" {
  description = "Fields of the data contract and their Hive types."
  type        = list(object({ name = string, type = string }))
}

variable "landed_days" {
  description = "Days landed files are kept, which notes of what was scored outlive; 0 where no such time is known."
  type        = number
  default     = 0
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
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
