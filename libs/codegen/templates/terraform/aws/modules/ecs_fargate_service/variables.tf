variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Virtual CPUs and memory of a task, fewest and most tasks, CPU load to hold, requests a minute to hold (null: CPU alone)."
  type = object({
    vcpu                = number
    memory_gb           = number
    min_tasks           = number
    max_tasks           = number
    target_cpu_pct      = number
    requests_per_minute = optional(number)
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

variable "cpu_architecture" {
  description = "Processor the image was built for: X86_64 or ARM64."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "Fargate runs X86_64 or ARM64 images."
  }
}

variable "environment" {
  description = "Environment variables of the container; no secrets, only where to find them."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "prometheus" {
  description = "Where a collector container writes metrics, the region it signs for (null signs nothing), and its image; null runs none."
  type        = object({ remote_write_url = string, collector_image = string, signing_region = string })
  default     = null
}

variable "certificate_arn" {
  description = "ACM certificate of the load balancer."
  type        = string
}

variable "client_cidrs" {
  description = "Address ranges that may call the service: the VPC and what is connected to it."
  type        = list(string)
}

variable "answer_seconds" {
  description = "Longest that an answer may take before the service itself gives up; the load balancer waits 10 s longer, 60 s at least."
  type        = number
  default     = 30
}

variable "latency_ms_p95" {
  description = "Target for the p95 of the response time in milliseconds; null raises no alarm."
  type        = number
}

variable "availability_pct" {
  description = "Target share of requests that succeed, in per cent."
  type        = number
}

variable "cluster_arn" {
  description = "Cluster the service runs in."
  type        = string
}

variable "cluster_name" {
  description = "Name of that cluster."
  type        = string
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

variable "log_bucket" {
  description = "Bucket for the load balancer's access log."
  type        = string
}

variable "assign_public_ip" {
  description = "Give each task a public address: for networks whose only way out that is."
  type        = bool
  default     = false
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
  description = "Refuse deletion of the load balancer."
  type        = bool
}
