variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Data processing units and hours of a run."
  type        = object({ dpu = number, hours_per_run = number })
}

variable "purpose" {
  description = "What the job does, as the end of its name."
  type        = string
  default     = "process"
}

variable "script" {
  description = "File of the job."
  type        = string
}

variable "arguments" {
  description = "Arguments of the script and their values."
  type        = map(string)
}

variable "library" {
  description = "Zip of Python packages and lock file that the script imports, as s3://…; null for a script that stands alone."
  type        = object({ package_uri = string, requirements_uri = string })
  default     = null
}

variable "script_bucket" {
  description = "Bucket that holds the script."
  type        = string
}

variable "target_uri" {
  description = "Where the job writes, as s3://…/."
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

variable "log_retention_days" {
  description = "Days the logs are kept."
  type        = number
}
