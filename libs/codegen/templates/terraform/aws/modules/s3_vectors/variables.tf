variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "dimensions" {
  description = "Length of a vector, as the embedding model makes them."
  type        = number
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed one."
  type        = string
}

variable "protect" {
  description = "Refuse to delete a bucket that holds vectors."
  type        = bool
}
