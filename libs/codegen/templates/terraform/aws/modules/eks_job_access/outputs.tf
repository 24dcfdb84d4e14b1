output "namespaces" {
  description = "Namespaces that Batch runs jobs in."
  value       = [for job in var.jobs : job.namespace]
}
