output "config" {
  description = "Configuration for the variable AOT_CONFIG_CONTENT of the collector's container."
  value       = local.config
}
