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

variable "workspace_id" {
  description = "UUID of the workspace, without braces (Repository settings, OpenID Connect)."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.workspace_id))
    error_message = "Give the UUID without braces."
  }
}

variable "repository_id" {
  description = "UUID of the repository, without braces."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.repository_id))
    error_message = "Give the UUID without braces; a wildcard would let other repositories in."
  }
}

variable "environment_ids" {
  description = "UUID of the deployment environment of each environment, without braces."
  type        = map(string)
}
