variable "repository" {
  description = "Path of this repository at the CI service: organisation/name."
  type        = string
}

variable "owner" {
  description = "Team that answers for the resources; a tag."
  type        = string
  default     = "fraud-api-team"
}
