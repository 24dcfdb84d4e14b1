variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Name of the landing bucket, unique across AWS."
  type        = string
}

variable "size" {
  description = "Capacity: mode on_demand or provisioned, shards (provisioned only), hours events can be read again."
  type        = object({ mode = string, shards = number, retention_hours = number })

  validation {
    condition     = contains(["on_demand", "provisioned"], var.size.mode)
    error_message = "The mode is on_demand or provisioned."
  }
}

variable "columns" {
  description = "Fields of an event and their Hive types."
  type        = list(object({ name = string, type = string }))
}

variable "folder" {
  description = "Folder of the landing bucket for the events: jobs read events/ and leave raw/ alone."
  type        = string
  default     = "events"

  validation {
    condition     = contains(["events", "raw"], var.folder)
    error_message = "Events land in events/ or raw/."
  }
}

variable "landing_retention_days" {
  description = "Days delivered files are kept."
  type        = number
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed keys."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the delivery log; null uses AWS-managed encryption."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
  type        = string
}

variable "log_retention_days" {
  description = "Days the delivery log is kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}

variable "expiring" {
  description = "Prefixes of the landing bucket that expire, with their days, while all else is kept; empty: everything expires alike."
  type        = map(number)
  default     = {}
}
