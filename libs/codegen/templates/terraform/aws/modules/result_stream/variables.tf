variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "shards" {
  description = "Shards; each takes 1,000 predictions or 1 MB a second."
  type        = number
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the account's aws/kinesis key."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
