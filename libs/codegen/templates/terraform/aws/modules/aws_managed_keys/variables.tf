variable "purposes" {
  description = "What is encrypted apart from logs."
  type        = list(string)
}
