variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "paths" {
  description = "What callers post to, such as /predict."
  type        = list(string)
}

variable "size" {
  description = "Memory, instances kept warm, and most instances at a time."
  type        = object({ memory_mb = number, provisioned_concurrency = number, reserved_concurrency = number })

  validation {
    condition     = var.size.provisioned_concurrency <= var.size.reserved_concurrency
    error_message = "Instances kept warm count towards the reserved ones."
  }
}

variable "throughput_rps" {
  description = "Planned peak of requests a second."
  type        = number
}

variable "enable_endpoint" {
  description = "Run the service; false until its first image is in the registry."
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
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "latency_ms_p95" {
  description = "Target for the p95 of the response time in milliseconds; null raises no alarm."
  type        = number
}

variable "availability_pct" {
  description = "Target share of requests that succeed, in per cent."
  type        = number
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
  description = "Customer-managed key for the environment variables; null uses aws/lambda."
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
