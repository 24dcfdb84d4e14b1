variable "image_tag" {
  description = "Tag of the images to run, such as the commit they were built from."
  type        = string
  default     = "bootstrap"
}

variable "model_version" {
  description = "Version of the model to use, such as versions/0123456789ab; current is the newest at the time of the deployment."
  type        = string
  default     = "current"
}

variable "enable_schedules" {
  description = "Start pipelines on schedule. False until the first image is in the registry."
  type        = bool
  default     = false

  validation {
    condition     = !var.enable_schedules || var.image_tag != "bootstrap"
    error_message = "Push an image and set image_tag before pipelines start on schedule."
  }
}

variable "enable_endpoint" {
  description = "Run the service. False until the first image and model exist, so that the first apply does not fail."
  type        = bool
  default     = false

  validation {
    condition     = !var.enable_endpoint || var.image_tag != "bootstrap"
    error_message = "Push an image and set image_tag before the endpoint is enabled."
  }
}

variable "certificate_arn" {
  description = "ACM certificate of the service's name; needed once the endpoint is enabled."
  type        = string
  default     = ""

  validation {
    condition     = !var.enable_endpoint || var.certificate_arn != ""
    error_message = "The endpoint speaks HTTPS only: set certificate_arn to an ACM certificate in this region."
  }
}

variable "client_cidrs" {
  description = "Connected networks that may call the service besides this VPC."
  type        = list(string)
  default     = []
}

variable "alert_email" {
  description = "Who is told of alarms and spend; empty subscribes nobody."
  type        = string
  default     = ""
}

variable "owner" {
  description = "Team that answers for the resources; a tag."
  type        = string
  default     = "fraud-api-team"
}

variable "vpc_cidr" {
  description = "Address range of the VPC, a /16 that no connected network uses."
  type        = string
  default     = "10.20.0.0/16"
}
