variable "name" {
  description = "Bucket name, unique across AWS."
  type        = string
}

variable "trail_names" {
  description = "Names of the CloudTrail trails that write here."
  type        = list(string)
  default     = []
}

variable "retention_days" {
  description = "Log files expire after so many days."
  type        = number
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}
