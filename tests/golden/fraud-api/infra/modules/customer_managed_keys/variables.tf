variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "deletion_window_days" {
  description = "Days between scheduling the deletion of a key and losing it."
  type        = number
}

variable "purposes" {
  description = "What is encrypted apart from logs; each purpose gets its own key."
  type        = list(string)
}

variable "vector_buckets" {
  description = "Whether S3 Vectors keeps an index under the key of the data."
  type        = bool
  default     = false
}
