variable "name" {
  description = "Name of the file system."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of the tasks."
  type        = list(string)
}

variable "task_security_group_id" {
  description = "Security group of the tasks, which the file system wears as well."
  type        = string
}

variable "task_role_arn" {
  description = "Role of the tasks; nobody else may mount."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key for the files; null uses the AWS-managed key."
  type        = string
}
