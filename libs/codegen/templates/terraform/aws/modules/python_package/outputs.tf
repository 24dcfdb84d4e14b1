output "key" {
  description = "Key of the zip in the bucket."
  value       = aws_s3_object.package.key
}

output "library" {
  description = "Where the zip of the packages and their lock file are."
  value = {
    package_uri      = "s3://${var.bucket}/${aws_s3_object.package.key}"
    requirements_uri = one([for file in aws_s3_object.requirements : "s3://${var.bucket}/${file.key}"])
  }
}
