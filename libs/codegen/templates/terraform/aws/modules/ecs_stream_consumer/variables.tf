variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Virtual CPUs and memory of a task, fewest and most tasks, CPU load to hold, shards for predictions."
  type = object({
    vcpu           = number
    memory_gb      = number
    min_tasks      = number
    max_tasks      = number
    target_cpu_pct = number
    result_shards  = number
  })
}

variable "stream_arn" {
  description = "Kinesis stream of the events."
  type        = string
}

variable "dead_letter_uri" {
  description = "Where events go that cannot be scored, as s3://…/."
  type        = string
}

variable "enable_endpoint" {
  description = "Run the tasks; false until their first image is in the registry."
  type        = bool
}

variable "image" {
  description = "Container image with its tag."
  type        = string
}

variable "environment" {
  description = "Environment variables of the container; no secrets, only where to find them."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses besides its streams and checkpoints."
  type        = list(string)
}

variable "latency_ms_p95" {
  description = "Target for the p95 of the time to a prediction in milliseconds; null watches for a minute's delay."
  type        = number
}

variable "cluster_arn" {
  description = "Cluster the tasks run in."
  type        = string
}

variable "cluster_name" {
  description = "Name of that cluster."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group that lets tasks call out."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key of the streams and checkpoints; null uses the AWS-managed keys."
  type        = string
}

variable "log_key_arn" {
  description = "Key for the log; null uses AWS-managed encryption."
  type        = string
}

variable "log_retention_days" {
  description = "Days the log is kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "protect" {
  description = "Refuse deletion of the checkpoints."
  type        = bool
}
