variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "strength" {
  description = "How strict the content filters are."
  type        = string
  default     = "MEDIUM"

  validation {
    condition     = contains(["LOW", "MEDIUM", "HIGH"], var.strength)
    error_message = "The strength is LOW, MEDIUM or HIGH."
  }
}

variable "masked" {
  description = "Kinds of personal data that are masked in questions and answers."
  type        = list(string)
}

variable "intervened_pct" {
  description = "Share of the texts of a quarter of an hour that are held back or masked, in per cent, from which an alarm is raised."
  type        = number
  default     = 30
}

variable "least_texts" {
  description = "Texts in a quarter of an hour below which their share says nothing; a question that is answered is looked at three times."
  type        = number
  default     = 20
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed one."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
