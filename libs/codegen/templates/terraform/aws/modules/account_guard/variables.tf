variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "enabled" {
  description = "Watch this account; on in one environment of an account only."
  type        = bool
}

variable "bucket" {
  description = "Bucket in which AWS Config keeps its history."
  type        = string
}

variable "bucket_policy" {
  description = "IAM policy document to write there."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
