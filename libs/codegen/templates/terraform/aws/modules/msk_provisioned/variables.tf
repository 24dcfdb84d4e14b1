variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Name of the landing bucket, unique across AWS."
  type        = string
}

variable "size" {
  description = "Type and number of brokers, disk of all of them, hours events can be read again, and virtual CPUs of the connector."
  type        = object({ broker = string, brokers = number, disk_gb = number, retention_hours = number, connector_vcpu = number })
}

variable "enabled" {
  description = "Run the task; false until its image exists."
  type        = bool
}

variable "image" {
  description = "Image of Kafka Connect; see kafka_sink."
  type        = string
}

variable "landing_retention_days" {
  description = "Days files in the landing bucket are kept."
  type        = number
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "cluster_arn" {
  description = "ECS cluster the task runs in."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group of tasks and functions."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the logs; null uses AWS-managed encryption."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
  type        = string
}

variable "log_retention_days" {
  description = "Days the logs are kept."
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
