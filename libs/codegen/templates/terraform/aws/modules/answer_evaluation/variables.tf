variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "kind" {
  description = "How answers are judged."
  type        = string

  validation {
    condition     = contains(["bedrock", "judge", "retrieval", "sampling"], var.kind)
    error_message = "The kind is bedrock, judge, retrieval or sampling."
  }
}

variable "judge_model_id" {
  description = "Foundation model that judges; empty when none of Amazon Bedrock does."
  type        = string
}

variable "geography" {
  description = "First part of the judge's inference profile, such as us or eu; empty calls it in this region alone."
  type        = string
  default     = ""
}

variable "artifacts_arn" {
  description = "Bucket of answers and reports; only Amazon Bedrock Evaluations needs it."
  type        = string
  default     = null
}

variable "artifacts_policy" {
  description = "IAM policy document to read answers and write reports."
  type        = string
}
