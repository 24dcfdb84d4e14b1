variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Virtual CPUs and memory of the task that Prometheus, Grafana and the routing of alerts share."
  type        = object({ vcpu = number, memory_gb = number })
}

variable "repositories" {
  description = "Container repositories by name; those of alertmanager, grafana and prometheus are used."
  type        = map(string)
}

variable "image_tags" {
  description = "Tags in those three repositories; nothing runs while one is empty."
  type        = object({ alertmanager = string, grafana = string, prometheus = string })
}

variable "domain" {
  description = "Private domain; grafana and prometheus answer below it."
  type        = string
}

variable "certificate_arn" {
  description = "ACM certificate that covers every name below the domain; empty until there is one: nothing runs."
  type        = string
}

variable "client_cidrs" {
  description = "Address ranges that may look and write: the VPC and what is connected to it."
  type        = list(string)
}

variable "rules" {
  description = "Rules of Prometheus as YAML."
  type        = string
}

variable "service_dashboard" {
  description = "Grafana dashboard over the metrics of the service as JSON; empty where no service has any."
  type        = string
}

variable "widgets" {
  description = "Charts over CloudWatch, in order."
  type        = list(object({ title = string, metrics = list(list(string)), stat = string }))
}

variable "retention_days" {
  description = "Days that samples are kept."
  type        = number
}

variable "cluster_arn" {
  description = "Cluster the task runs in."
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
  description = "Bucket for the access log of the load balancer."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for the files; null uses the AWS-managed key."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the password; null uses aws/secretsmanager."
  type        = string
}

variable "log_key_arn" {
  description = "Key for logs and alerts; null uses AWS-managed encryption."
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
  description = "Refuse deletion of the load balancer and keep the secret recoverable for 30 days."
  type        = bool
}
