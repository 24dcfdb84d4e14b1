variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Virtual CPUs and memory of the server."
  type        = object({ vcpu = number, memory_gb = number })
}

variable "cluster_arn" {
  description = "Cluster the server runs in."
  type        = string
}

variable "image" {
  description = "MLflow image with its tag, in this account's registry."
  type        = string
}

variable "enabled" {
  description = "Run the server; false until its image is in the registry."
  type        = bool
}

variable "artifacts_uri" {
  description = "Where models are stored, as s3://…/."
  type        = string
}

variable "artifacts_policy" {
  description = "IAM policy document to read and write there."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Who may call the server."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for the file system; null uses the AWS-managed key."
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
