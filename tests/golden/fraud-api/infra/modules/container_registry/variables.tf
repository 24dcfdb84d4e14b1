variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "repositories" {
  description = "Short names of the images, such as train and serve."
  type        = list(string)
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the account's aws/ecr key."
  type        = string
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete repositories that hold images."
  type        = bool
}
