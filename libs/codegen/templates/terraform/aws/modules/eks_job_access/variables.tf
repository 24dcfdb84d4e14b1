variable "cluster_name" {
  description = "The cluster."
  type        = string
}

variable "jobs" {
  description = "The output `access` of each job."
  type        = list(object({ namespace = string, compute_environment_arn = string }))
}
