variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Size of the server: small, medium or large."
  type        = object({ server_size = string })

  validation {
    condition     = contains(["small", "medium", "large"], var.size.server_size)
    error_message = "The server is small, medium or large."
  }
}

variable "artifacts_uri" {
  description = "Where the server keeps artifacts, as s3://…/."
  type        = string
}

variable "artifacts_policy" {
  description = "IAM policy document of those who read and write there."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
