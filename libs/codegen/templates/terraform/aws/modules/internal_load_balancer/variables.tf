variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "enabled" {
  description = "Listen and raise alarms; false until something can answer."
  type        = bool
}

variable "port" {
  description = "Port of the targets."
  type        = number
}

variable "target_type" {
  description = "What registers: ip for tasks, instance for nodes."
  type        = string
  default     = "ip"
}

variable "target_security_group_id" {
  description = "Security group of the targets, which is opened to the load balancer."
  type        = string
}

variable "min_targets" {
  description = "Fewest targets that should answer the readiness check."
  type        = number
}

variable "certificate_arn" {
  description = "ACM certificate of the load balancer."
  type        = string
}

variable "client_cidrs" {
  description = "Address ranges that may call the service: the VPC and what is connected to it."
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

variable "idle_timeout" {
  description = "Seconds for which a connection may stay silent: more than an answer may take."
  type        = number
  default     = 60
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
  description = "Bucket for the access log."
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
