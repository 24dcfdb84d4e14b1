variable "name" {
  description = "Name of the dashboard."
  type        = string
}

variable "widgets" {
  description = "Charts, in order."
  type        = list(object({ title = string, metrics = list(list(string)), stat = string }))
}
