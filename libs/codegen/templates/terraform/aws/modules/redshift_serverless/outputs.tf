output "environment" {
  description = "What jobs need to know to run statements and to load files."
  value = {
    REDSHIFT_WORKGROUP = aws_redshiftserverless_workgroup.this.workgroup_name
    REDSHIFT_DATABASE  = aws_redshiftserverless_namespace.this.db_name
    REDSHIFT_ROLE_ARN  = aws_iam_role.copy.arn
  }
}

output "access_policy" {
  description = "IAM policy document for jobs that run statements."
  value       = data.aws_iam_policy_document.access.json
}
