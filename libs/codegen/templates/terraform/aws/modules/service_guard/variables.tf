variable "judge_model_id" {
  description = "Foundation model that judges questions and answers; empty for rules alone."
  type        = string
}

variable "geography" {
  description = "First part of the judge's inference profile, such as us or eu; empty calls it in this region alone."
  type        = string
}
