variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "artifacts_bucket_arn" {
  description = "Bucket that holds models and manifests."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
  type        = string
}

variable "protect" {
  description = "Refuse deletion of the table."
  type        = bool
}
