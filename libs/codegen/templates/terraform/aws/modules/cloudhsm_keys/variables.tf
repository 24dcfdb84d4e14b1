variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Hardware modules, in different zones; none keeps the keys in KMS itself."
  type        = object({ hsm_count = number })

  validation {
    condition     = var.size.hsm_count == 0 || var.size.hsm_count >= 2
    error_message = "A custom key store needs two active modules in different zones."
  }
}

variable "phase" {
  description = "How far the cluster is: cluster (made, not initialised), key store (initialised), keys (store connected)."
  type        = string

  validation {
    condition     = contains(["cluster", "key store", "keys"], var.phase)
    error_message = "Give cluster, key store or keys."
  }
}

variable "key_store_password" {
  description = "Password of the crypto user kmsuser, for the phase key store alone; KMS replaces it when the store is connected."
  type        = string
  sensitive   = true

  validation {
    condition     = var.phase != "key store" || (length(var.key_store_password) >= 7 && length(var.key_store_password) <= 32)
    error_message = "Set the password that kmsuser was made with, of 7 to 32 characters."
  }
}

variable "trust_anchor_certificate" {
  description = "Certificate that the cluster was initialised with, in PEM."
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

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
