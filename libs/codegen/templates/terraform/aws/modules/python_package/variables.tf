variable "name" {
  description = "What the package is for: a folder in the bucket."
  type        = string
}

variable "source_dir" {
  description = "Folder of the Python packages."
  type        = string
}

variable "requirements" {
  description = "Lock file of what they import; null for packages that bring it along."
  type        = string
  default     = null
}

variable "bucket" {
  description = "Bucket that holds both."
  type        = string
}
