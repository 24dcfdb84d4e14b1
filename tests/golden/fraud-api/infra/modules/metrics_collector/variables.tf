variable "job_name" {
  description = "Label `job` of the metrics."
  type        = string
}

variable "port" {
  description = "Where the neighbour answers `/metrics`."
  type        = number
}

variable "remote_write_url" {
  description = "Where metrics are written."
  type        = string
}

variable "signing_region" {
  description = "Region of the Amazon Managed Prometheus workspace, which need not be the region of the service; null signs nothing."
  type        = string
}

variable "platform" {
  description = "What tells one copy from another: the task of ECS, or the pod, whose container has its name as POD_NAME."
  type        = string

  validation {
    condition     = contains(["ecs", "pod"], var.platform)
    error_message = "The platform is ecs or pod."
  }
}
