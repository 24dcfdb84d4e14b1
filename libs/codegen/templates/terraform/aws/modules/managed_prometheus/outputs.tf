output "dashboard" {
  description = "Host name of the Grafana workspace."
  value       = aws_grafana_workspace.this.endpoint
}

output "remote_write_url" {
  description = "Where collectors write metrics."
  value       = "${aws_prometheus_workspace.this.prometheus_endpoint}api/v1/remote_write"
}

output "write_policy" {
  description = "IAM policy document for collectors."
  value       = data.aws_iam_policy_document.write.json
}
