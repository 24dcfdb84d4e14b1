variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "size" {
  description = "Memory, batches of a shard side by side, events in a batch, most instances at a time, shards for predictions."
  type = object({
    memory_mb              = number
    parallelization_factor = number
    batch_size             = number
    reserved_concurrency   = number
    result_shards          = number
  })
}

variable "stream_arn" {
  description = "Kinesis stream of the events."
  type        = string
}

variable "fan_out" {
  description = "Push records to the function through a share of its own of the stream (enhanced fan-out)."
  type        = bool
}

variable "handler" {
  description = "Python function that takes a batch of events."
  type        = string
}

variable "enable_endpoint" {
  description = "Run the function; false until its first image is in the registry."
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
  description = "IAM policy documents of what the code uses besides its streams."
  type        = list(string)
}

variable "latency_ms_p95" {
  description = "Target for the p95 of the time to a prediction in milliseconds; null watches for a minute's delay."
  type        = number
}

variable "dead_letter_bucket_arn" {
  description = "Bucket for events that cannot be scored."
  type        = string
}

variable "dead_letter_key_arn" {
  description = "Customer-managed key of that bucket; null uses the AWS-managed key."
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
  description = "Customer-managed key of the streams; null uses the AWS-managed keys."
  type        = string
}

variable "environment_key_arn" {
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
