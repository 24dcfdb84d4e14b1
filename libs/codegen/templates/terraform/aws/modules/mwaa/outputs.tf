output "pipelines" {
  description = "Name of the DAG of each pipeline."
  value       = module.dags.pipelines
}

output "webserver_url" {
  description = "Airflow's web page, inside the VPC."
  value       = aws_mwaa_environment.this.webserver_url
}

output "widgets" {
  description = "Metrics for the dashboard."
  value       = module.dags.widgets
}
