variable "project" {
  description = "Project name; roles of its environments begin with it."
  type        = string
}

variable "environments" {
  description = "Environments that are deployed."
  type        = list(string)
}

variable "provider_arn" {
  description = "IAM identity provider of the CI service."
  type        = string
  default     = ""
}

variable "issuer" {
  description = "Host name of the CI service's token issuer."
  type        = string
  default     = ""
}

variable "audience" {
  description = "Audience its tokens are made for."
  type        = string
  default     = ""
}

variable "subjects" {
  description = "Token subjects that may take each role: plan, and one entry for each environment."
  type        = map(list(string))
}

variable "state_bucket_arn" {
  description = "Bucket of the Terraform state, the only one that a plan may read in full."
  type        = string
}

variable "state_policy" {
  description = "IAM policy document to read and lock the Terraform state."
  type        = string
}

variable "trusted_service" {
  description = "Service of AWS that takes the roles instead, such as codebuild.amazonaws.com; empty for an outside CI."
  type        = string
  default     = ""
}
