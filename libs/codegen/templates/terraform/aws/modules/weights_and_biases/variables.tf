variable "name" {
  description = "Name of the project at Weights & Biases and prefix of the secret."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the secret; null uses aws/secretsmanager."
  type        = string
}

variable "protect" {
  description = "Keep a deleted secret for 30 days instead of 7."
  type        = bool
}
