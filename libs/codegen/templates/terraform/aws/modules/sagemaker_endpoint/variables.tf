variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Instance type, fewest and most instances, requests a minute that each is planned for (null: the peak spread over all)."
  type        = object({ instance_type = string, min_instances = number, max_instances = number, requests_per_minute = optional(number) })
}

variable "throughput_rps" {
  description = "Planned peak of requests a second."
  type        = number
}

variable "model_data_url" {
  description = "The model as s3://…/model.tar.gz; null for a container that fetches what it serves itself."
  type        = string
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
  description = "Customer-managed key for the instances' volumes; null uses aws/ebs."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
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
