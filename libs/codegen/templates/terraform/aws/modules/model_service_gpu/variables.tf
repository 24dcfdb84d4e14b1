variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "host" {
  description = "First part of the service's name, such as embeddings."
  type        = string
}

variable "announced" {
  description = "Environment variables that tell the code what the model is."
  type        = map(string)
}

variable "endpoint_variable" {
  description = "Environment variable that holds the address."
  type        = string
}

variable "size" {
  description = "Instance type, fewest and most replicas; a replica takes an instance."
  type        = object({ instance_type = string, min_replicas = number, max_replicas = number })
}

variable "requests_second" {
  description = "Requests a second at the planned peak."
  type        = number
}

variable "disk_gb" {
  description = "Disk of an instance: image, weights and cache."
  type        = number
}

variable "enabled" {
  description = "Run it; false until its image is in the registry."
  type        = bool
}

variable "image" {
  description = "Container image with its tag."
  type        = string
}

variable "command" {
  description = "Arguments of the server."
  type        = list(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "gateway" {
  description = "Where the gateway listens: its listener (null until it has a certificate), security group, domain, zone and name in metrics."
  type        = object({ listener_arn = string, security_group_id = string, domain = string, zone_id = string, dns_name = string, dns_zone_id = string, arn_suffix = string })
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
  description = "Security group that lets tasks and instances call out."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses the AWS-managed one."
  type        = string
}

variable "customer_managed_keys" {
  description = "Whether kms_key_arn names a key: known before the key exists."
  type        = bool
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
