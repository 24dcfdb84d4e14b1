variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Virtual CPUs and memory of an instance, fewest and most instances, questions that one answers at once (null: 100 requests are taken)."
  type = object({
    vcpu              = number
    memory_gb         = number
    min_instances     = number
    max_instances     = number
    questions_at_once = optional(number)
  })
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

variable "client_cidrs" {
  description = "Address ranges that may call the service: the VPC and what is connected to it."
  type        = list(string)
}

variable "vpc_id" {
  description = "The VPC."
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
  description = "Customer-managed key for App Runner's copy of the image; null uses an AWS-managed key."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
