variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "enabled" {
  description = "Send metrics and logs; false until the API key is in its secret."
  type        = bool
}

variable "site" {
  description = "Site of Datadog that the contract names."
  type        = string

  validation {
    condition     = contains(["ap1.datadoghq.com", "datadoghq.com", "datadoghq.eu", "us5.datadoghq.com"], var.site)
    error_message = "Give a site that takes metric streams: datadoghq.com, us5.datadoghq.com, datadoghq.eu or ap1.datadoghq.com."
  }
}

variable "external_id" {
  description = "External id that Datadog's page of the AWS integration shows; empty makes no role for it."
  type        = string
}

variable "datadog_account_id" {
  description = "AWS account of Datadog that may take the role; its page of the integration names it."
  type        = string
  default     = "464622532012"
}

variable "namespaces" {
  description = "Namespaces of CloudWatch whose metrics are sent."
  type        = list(string)
}

variable "log_groups" {
  description = "Log groups that are sent."
  type        = list(string)
}

variable "log_bucket" {
  description = "Bucket for the access log of what was not delivered."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for what is under way and what was not delivered; null uses AWS-owned keys."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the API key; null uses aws/secretsmanager."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the log of the delivery; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days that log is kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "protect" {
  description = "Keep the secret recoverable for 30 days and the bucket from being emptied."
  type        = bool
}
