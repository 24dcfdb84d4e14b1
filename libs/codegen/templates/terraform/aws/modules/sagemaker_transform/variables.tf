variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Instance type, instances side by side, hours of a run of all instances together."
  type        = object({ instance_type = string, instances = number, hours_per_run = number })
}

variable "enabled" {
  description = "Register the model; false until its image is in the registry."
  type        = bool
}

variable "image" {
  description = "Container image with its tag, in this account's registry."
  type        = string
}

variable "environment" {
  description = "Environment variables of the container."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "input_uri" {
  description = "Where the rows are, as s3://…/: files of JSON lines, and manifest.json that names those to score."
  type        = string
}

variable "output_uri" {
  description = "Where the answers go, as s3://…/: a line for each line of the input."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
}

variable "security_group_id" {
  description = "Security group of the job."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for volumes; null uses AWS-managed encryption."
  type        = string
}

variable "output_key_arn" {
  description = "Customer-managed key of the bucket of the answers; null uses AWS-managed encryption."
  type        = string
}
