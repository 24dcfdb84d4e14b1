variable "project" {
  description = "Project name."
  type        = string
}

variable "environments" {
  description = "Environments that are deployed."
  type        = list(string)
}

variable "repository" {
  description = "Path of the repository: organisation/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Give the repository as organisation/name; a wildcard would let other repositories in."
  }
}

variable "owner_id" {
  description = "Number of the organisation at GitHub; empty when the repository's tokens name it without numbers."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[0-9]*$", var.owner_id)) && (var.owner_id == "") == (var.repository_id == "")
    error_message = "Give the numbers of organisation and repository, or neither."
  }
}

variable "repository_id" {
  description = "Number of the repository at GitHub; empty when its tokens name it without numbers."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[0-9]*$", var.repository_id))
    error_message = "Give the number of the repository."
  }
}

variable "state_bucket_arn" {
  description = "Bucket of the Terraform state, the only one that a plan may read in full."
  type        = string
}

variable "state_policy" {
  description = "IAM policy document to read and lock the Terraform state."
  type        = string
}
