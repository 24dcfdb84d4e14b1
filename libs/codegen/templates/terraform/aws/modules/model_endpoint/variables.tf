variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Instance type, fewest and most instances."
  type        = object({ instance_type = string, min_replicas = number, max_replicas = number })
}

variable "enabled" {
  description = "Run it; false until its image is in the registry."
  type        = bool
}

variable "image" {
  description = "Container image with its tag."
  type        = string
}

variable "weights_uri" {
  description = "Folder of the weights as s3://…/."
  type        = string
}

variable "context_tokens" {
  description = "Longest prompt with its answer; the model's own context may not fit into the memory of the GPUs."
  type        = number
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group of the tasks and functions that may connect."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed one."
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
