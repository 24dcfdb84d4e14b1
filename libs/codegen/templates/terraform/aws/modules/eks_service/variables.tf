variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Type of the nodes, fewest and most of them, requests a minute that each is planned for (null: the peak spread over all); one copy of the service runs on each."
  type        = object({ node_type = string, min_nodes = number, max_nodes = number, requests_per_minute = optional(number) })
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

variable "prometheus" {
  description = "Where a collector container writes metrics, the region it signs for (null signs nothing), and its image; null runs none."
  type        = object({ remote_write_url = string, collector_image = string, signing_region = string })
  default     = null
}

variable "eks_cluster_name" {
  description = "Cluster the service runs in."
  type        = string
}

variable "cluster_security_group_id" {
  description = "Security group of the cluster."
  type        = string
}

variable "autoscaling_group_name" {
  description = "Auto Scaling group of the nodes."
  type        = string
}

variable "pod_assume_policy" {
  description = "Trust policy of roles that pods take."
  type        = string
}

variable "apply_function" {
  description = "Function that applies manifests."
  type        = string
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

variable "throughput_rps" {
  description = "Planned peak of requests a second."
  type        = number
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "log_bucket" {
  description = "Bucket for the load balancer's access log."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "protect" {
  description = "Refuse deletion of the load balancer."
  type        = bool
}
