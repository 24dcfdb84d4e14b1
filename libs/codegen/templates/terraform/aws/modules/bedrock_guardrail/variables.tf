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

variable "interventions_5_minutes" {
  description = "Interventions in five minutes from which an alarm is raised."
  type        = number
  default     = 50
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed one."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
