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

variable "state_bucket" {
  description = "Name of that bucket; the pipeline hands its files over below its own name there."
  type        = string
}

variable "code_host" {
  description = "Where the repository is."
  type        = string

  validation {
    condition     = contains(["Bitbucket", "GitHub", "GitHubEnterpriseServer", "GitLab", "GitLabSelfManaged"], var.code_host)
    error_message = "Give a provider type of AWS CodeConnections."
  }
}
