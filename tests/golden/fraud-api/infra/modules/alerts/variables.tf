variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that CloudWatch and Budgets may use; null leaves the topic without one."
  type        = string
}

variable "email" {
  description = "Who is told; empty subscribes nobody."
  type        = string
}

variable "budget_usd_month" {
  description = "Monthly limit of this environment in US dollars; null watches none."
  type        = number

  validation {
    condition     = var.budget_usd_month == null ? true : var.budget_usd_month > 0
    error_message = "A budget is greater than zero."
  }
}

variable "prometheus" {
  description = "Let the alert manager of Amazon Managed Prometheus publish."
  type        = bool
  default     = false
}
