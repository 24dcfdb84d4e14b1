variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Bucket name, unique across AWS."
  type        = string
}

variable "size" {
  description = "Days data is kept."
  type        = object({ retention_days = number })
}

variable "landed_days" {
  description = "Days landed files are kept, which notes of what was scored outlive; 0 where no such time is known."
  type        = number
  default     = 0
}

variable "tables" {
  description = "What the data catalog names: folders below curated/, the format of their files and the Hive types of their columns."
  type = map(object({
    format  = string
    columns = list(object({ name = string, type = string }))
  }))
  default = {}

  validation {
    condition     = alltrue([for table in values(var.tables) : contains(["parquet", "json"], table.format)])
    error_message = "The format of a table is parquet or json."
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

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}
