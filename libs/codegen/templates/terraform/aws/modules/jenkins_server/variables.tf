variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "project" {
  description = "Project name; the roles of its agents begin with it."
  type        = string
}

variable "size" {
  description = "Virtual CPUs and memory of the controller."
  type        = object({ vcpu = number, memory_gb = number })
}

variable "agent_size" {
  description = "Virtual CPUs and memory of an agent."
  type        = object({ vcpu = number, memory_gb = number })
  default     = { vcpu = 4, memory_gb = 8 }
}

variable "repositories" {
  description = "Container repositories by name; jenkins, jenkins-agent and jenkins-builder are used."
  type        = map(string)
}

variable "image_tags" {
  description = "Tags in those three repositories; nothing runs while one is empty."
  type        = object({ jenkins = string, agent = string, builder = string })
}

variable "repository_url" {
  description = "HTTPS address that the code is cloned from."
  type        = string

  validation {
    condition     = var.repository_url == "" || can(regex("^https://[A-Za-z0-9._/-]+$", var.repository_url))
    error_message = "Give an address that begins with https:// and names no user."
  }
}

variable "state_bucket" {
  description = "Bucket of the Terraform state."
  type        = string
}

variable "domain" {
  description = "Private domain; jenkins answers below it."
  type        = string
}

variable "certificate_arn" {
  description = "ACM certificate that covers every name below the domain; empty until there is one: nothing runs."
  type        = string
}

variable "client_cidrs" {
  description = "Address ranges that may call: the VPC and what is connected to it."
  type        = list(string)
}

variable "cluster_arn" {
  description = "Cluster that controller and agents run in."
  type        = string
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones, with a way to the internet."
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
  description = "Customer-managed key for the home folder; null uses the AWS-managed key."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the passwords; null uses aws/secretsmanager."
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

variable "protect" {
  description = "Refuse deletion of the load balancer and keep the secret recoverable for 30 days."
  type        = bool
}

variable "processors" {
  description = "Kinds of processor that images are made for, as Docker calls them."
  type        = list(string)

  validation {
    condition     = alltrue([for each in var.processors : contains(["amd64", "arm64"], each)])
    error_message = "Fargate has amd64 and arm64."
  }
}

variable "schedules" {
  description = "When the pipeline runs without a change of main, in the five fields of cron; those of the Jenkinsfile."
  type        = list(string)

  validation {
    condition     = alltrue([for schedule in var.schedules : can(regex("^[H0-9*/,-]+( [H0-9*/,-]+){4}$", schedule))])
    error_message = "Give five fields each."
  }
}
