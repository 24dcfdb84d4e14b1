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
    condition     = can(regex("^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$", var.repository))
    error_message = "Give the repository as organisation/name; a wildcard would let other repositories in."
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

variable "organisation_id" {
  description = "UUID of the organisation in Azure DevOps."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.organisation_id))
    error_message = "Give the UUID; it is in the issuer that a service connection shows."
  }
}
