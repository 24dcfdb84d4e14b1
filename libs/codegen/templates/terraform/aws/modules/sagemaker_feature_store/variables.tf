variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Bucket name, unique across AWS."
  type        = string
}

variable "size" {
  description = "Whether there is an online store."
  type        = object({ online = bool })
}

variable "columns" {
  description = "Fields of the data contract and their Hive types."
  type        = list(object({ name = string, type = string }))
}

variable "retention_days" {
  description = "Days a record is kept: in the online store after its event time, in the offline store after it was written."
  type        = number
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}

variable "protect" {
  description = "Let Terraform refuse to destroy the feature group."
  type        = bool
}
