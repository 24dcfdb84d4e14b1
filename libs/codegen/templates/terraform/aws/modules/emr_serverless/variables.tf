variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "purpose" {
  description = "What the job does, as the end of its name."
  type        = string
}

variable "size" {
  description = "Workers of 4 vCPU and 16 GB beside the driver."
  type        = object({ workers = number })
}

variable "hours_longest" {
  description = "Planned hours from the start to the end of a run."
  type        = number
}

variable "script" {
  description = "File of the Spark job."
  type        = string
}

variable "script_bucket" {
  description = "Bucket that holds the script."
  type        = string
}

variable "arguments" {
  description = "Arguments of the script and their values."
  type        = map(string)
}

variable "target_uri" {
  description = "Where the job writes, as s3://…/."
  type        = string
}

variable "image" {
  description = "Image with the libraries of the job, on EMR's base image; null for a job that needs Spark alone."
  type        = object({ repository_url = string, tag = string })
  default     = null
}

variable "environment" {
  description = "Environment variables of driver and workers; no secrets, only where to find them."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group that lets workers call out."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}
