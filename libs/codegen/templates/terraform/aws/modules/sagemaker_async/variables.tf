variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Instance type, instances that stay while nothing waits (0 lets the last one go), most instances, questions that one answers at once (null: four requests)."
  type        = object({ instance_type = string, min_instances = number, max_instances = number, questions_at_once = optional(number) })
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

variable "results_uri" {
  description = "Where answers and failures go, as s3://…/."
  type        = string
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
  description = "Customer-managed key for volumes and answers; null uses AWS-managed encryption."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "alarm_key_arn" {
  description = "Customer-managed key of that topic; null for an AWS-managed one."
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
