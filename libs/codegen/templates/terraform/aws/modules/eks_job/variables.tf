variable "name" {
  description = "Name of queue and job: project, environment and job."
  type        = string
}

variable "size" {
  description = "Type of the node, jobs side by side, hours of a run of all nodes together."
  type        = object({ node_type = string, jobs = optional(number, 1), hours_per_run = number })
}

variable "namespace" {
  description = "Namespace of the job, for it alone."
  type        = string
}

variable "volume_gb" {
  description = "Volume of a node."
  type        = number
  default     = 100
}

variable "image" {
  description = "Container image with its tag."
  type        = string
}

variable "command" {
  description = "Arguments of the image's entry point."
  type        = list(string)
}

variable "environment" {
  description = "Environment variables of the container; no secrets, only where to find them."
  type        = map(string)
}

variable "policies" {
  description = "IAM policy documents of what the code uses."
  type        = list(string)
}

variable "eks_cluster_name" {
  description = "Cluster the job runs in."
  type        = string
}

variable "eks_cluster_arn" {
  description = "ARN of that cluster."
  type        = string
}

variable "cluster_security_group_id" {
  description = "Security group of the cluster."
  type        = string
}

variable "node_instance_profile_arn" {
  description = "Instance profile of the nodes."
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

variable "subnet_ids" {
  description = "Private subnets."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group of tasks and functions, which databases know."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for node volumes; null uses AWS-managed encryption."
  type        = string
}

variable "customer_managed_keys" {
  description = "Whether there is a customer-managed key; known before the key is."
  type        = bool
}
