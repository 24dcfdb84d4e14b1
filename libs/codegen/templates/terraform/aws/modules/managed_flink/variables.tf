variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "purpose" {
  description = "What the application does, as the end of its name."
  type        = string
}

variable "size" {
  description = "Fewest and most processing units."
  type        = object({ min_kpu = number, max_kpu = number })
}

variable "enabled" {
  description = "Run the application; false until what it needs is there."
  type        = bool
}

variable "code_bucket_arn" {
  description = "Bucket of the application's zip."
  type        = string
}

variable "code_key" {
  description = "Key of the zip in that bucket."
  type        = string
}

variable "script" {
  description = "Python file in the zip that starts the application."
  type        = string
}

variable "stream_arn" {
  description = "Kinesis stream of the events."
  type        = string
}

variable "property_group" {
  description = "Group of properties that the application reads."
  type        = string
}

variable "properties" {
  description = "Properties of that group besides `stream_arn` and `region`; no secrets, only where to find them."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses besides the stream."
  type        = list(string)
}

variable "metric_namespace" {
  description = "CloudWatch namespace that the code sends metrics of its own to; null when it sends none."
  type        = string
  default     = null
}

variable "latency_ms_p95" {
  description = "Target for the p95 of the time to a result in milliseconds; null watches for a minute's delay."
  type        = number
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group that lets the application call out."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key of the stream; null for the AWS-managed key."
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
