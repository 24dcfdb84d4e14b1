output "bucket" {
  description = "Lake bucket: name, ARN and the policies of its readers and writers."
  value       = module.bucket
}

output "environment" {
  description = "What jobs need to know to find the data and to run statements."
  value = {
    CURATED_URI      = "s3://${module.bucket.id}/curated/"
    CATALOG_DATABASE = aws_glue_catalog_database.this.name
    ICEBERG_TABLE    = aws_glue_catalog_table.this["records"].name
    ATHENA_WORKGROUP = aws_athena_workgroup.this.name
  }
}

output "access_policy" {
  description = "IAM policy document for jobs that read and write the data."
  value       = data.aws_iam_policy_document.access.json
}
