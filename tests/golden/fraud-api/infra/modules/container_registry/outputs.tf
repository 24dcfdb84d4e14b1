output "urls" {
  description = "Repository URL of each image."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}
