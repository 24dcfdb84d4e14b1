variable "name" {
  description = "Name of the model package group."
  type        = string
}
