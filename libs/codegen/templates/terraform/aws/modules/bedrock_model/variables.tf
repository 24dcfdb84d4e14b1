variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "purpose" {
  description = "What the model is for."
  type        = string

  validation {
    condition     = contains(["Llm", "Embeddings"], var.purpose)
    error_message = "The purpose is Llm or Embeddings."
  }
}

variable "model_id" {
  description = "Id of the foundation model."
  type        = string
}

variable "geography" {
  description = "First part of the inference profile, such as us or eu; empty calls the model in this region alone."
  type        = string
}

variable "fallback_region" {
  description = "Region that the code calls when this one fails; empty for none."
  type        = string
  default     = ""
}

variable "dimensions" {
  description = "Length of a vector, for embeddings."
  type        = number
  default     = 0
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}
