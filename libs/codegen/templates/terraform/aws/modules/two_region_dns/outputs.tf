output "name" {
  description = "Name that callers use."
  value       = var.service_name
}
