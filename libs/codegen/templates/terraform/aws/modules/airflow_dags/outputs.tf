output "pipelines" {
  description = "Name of the DAG of each pipeline."
  value       = { for pipeline in keys(var.pipelines) : pipeline => "${var.name}-${pipeline}" }
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    for pipeline in keys(var.pipelines) : {
      title = "Runs of ${pipeline}"
      metrics = [
        for metric in ["DAGDurationSuccess", "DAGDurationFailed"] :
        ["AmazonMWAA", metric, "DAG", "${var.name}-${pipeline}", "Environment", var.environment_name]
      ]
      stat = "SampleCount"
    }
  ]
}
