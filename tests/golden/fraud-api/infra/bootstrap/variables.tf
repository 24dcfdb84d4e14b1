variable "repository" {
  description = "Path of this repository at the CI service: organisation/name."
  type        = string
}

variable "environments" {
  description = "Environments that live in this account; CI gets a role for each, and none for those of other accounts."
  type        = list(string)
  default     = ["dev", "staging", "prod"]

  validation {
    condition     = length(setsubtract(var.environments, ["dev", "staging", "prod"])) == 0
    error_message = "The environments are dev, staging and prod."
  }
}

variable "owner" {
  description = "Team that answers for the resources; a tag."
  type        = string
  default     = "fraud-api-team"
}

variable "owner_id" {
  description = "Number of the organisation at GitHub; empty for a repository from before 15 July 2026 that has not opted in to it."
  type        = string
  default     = ""
}

variable "repository_id" {
  description = "Number of the repository at GitHub; empty as above."
  type        = string
  default     = ""
}
