variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "enabled" {
  description = "Run the task; false until its image exists."
  type        = bool
}

variable "image" {
  description = "Container image with its tag."
  type        = string
}

variable "vcpu" {
  description = "Virtual CPUs of all workers, in steps of a half."
  type        = number

  validation {
    condition     = var.vcpu > 0 && var.vcpu % 0.5 == 0
    error_message = "Workers have halves of a CPU."
  }
}

variable "kafka_name" {
  description = "Name of the Kafka cluster."
  type        = string
}

variable "kafka_arn" {
  description = "ARN of the Kafka cluster."
  type        = string
}

variable "bootstrap_servers" {
  description = "Where to connect, with IAM."
  type        = string
}

variable "partitions" {
  description = "Partitions of the topic."
  type        = number
}

variable "copies" {
  description = "Brokers that hold each event."
  type        = number
}

variable "retention_hours" {
  description = "Hours an event can be read again."
  type        = number
}

variable "bucket" {
  description = "Name of the landing bucket."
  type        = string
}

variable "bucket_policy" {
  description = "IAM policy document of its writers."
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

variable "log_key_arn" {
  description = "Key for the logs; null uses AWS-managed encryption."
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
