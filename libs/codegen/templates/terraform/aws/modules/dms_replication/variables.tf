variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "bucket_name" {
  description = "Name of the landing bucket, unique across AWS."
  type        = string
}

variable "size" {
  description = "Least and most capacity units, and whether a standby runs in a second zone."
  type        = object({ min_dcu = number, max_dcu = number, multi_az = bool })
}

variable "source_secret_arn" {
  description = "Secret with user, password, host and port of the source; empty copies nothing."
  type        = string
}

variable "source_engine" {
  description = "What the source is, in the words of DMS."
  type        = string

  validation {
    condition     = contains(["postgres", "aurora-postgresql", "mysql", "mariadb", "aurora", "oracle", "sqlserver"], var.source_engine)
    error_message = "The source is postgres, aurora-postgresql, mysql, mariadb, aurora, oracle or sqlserver."
  }
}

variable "source_ca_certificate" {
  description = "Certificate of the authority that has signed the source's own, as PEM; empty for encryption without a look at it."
  type        = string
  default     = ""

  validation {
    condition     = var.source_secret_arn == "" || var.source_ca_certificate != "" || !contains(["aurora", "mariadb", "mysql"], var.source_engine)
    error_message = "DMS encrypts the way to MySQL, MariaDB and Aurora MySQL with a certificate only: give the authority's."
  }
}

variable "source_database" {
  description = "Name of the database."
  type        = string
}

variable "source_port" {
  description = "Port of the database."
  type        = number
}

variable "source_cidrs" {
  description = "Where the database is."
  type        = list(string)
}

variable "source_tables" {
  description = "Tables to copy, as schema.table; % stands for any text."
  type        = list(string)

  validation {
    condition     = alltrue([for table in var.source_tables : length(split(".", table)) == 2])
    error_message = "Write each table as schema.table."
  }
}

variable "landing_retention_days" {
  description = "Days files in the landing bucket are kept."
  type        = number
}

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two zones."
  type        = list(string)
}

variable "workload_security_group_id" {
  description = "Security group of tasks and functions, which opens the way to AWS."
  type        = string
}

variable "kms_key_arn" {
  description = "Customer-managed key; null uses AWS-managed encryption."
  type        = string
}

variable "secret_key_arn" {
  description = "Customer-managed key for the secret; null uses aws/secretsmanager."
  type        = string
}

variable "log_bucket" {
  description = "Bucket that receives the access log."
  type        = string
}

variable "alarm_topic_arn" {
  description = "SNS topic of the alarms."
  type        = string
}

variable "force_destroy" {
  description = "Allow terraform destroy to delete a bucket that is not empty."
  type        = bool
}

variable "expiring" {
  description = "Prefixes of the landing bucket that expire, with their days, while all else is kept; empty: everything expires alike."
  type        = map(number)
  default     = {}
}
