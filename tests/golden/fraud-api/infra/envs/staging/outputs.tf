output "region" {
  description = "Where everything runs."
  value       = "us-east-1"
}

output "image_repositories" {
  description = "Where CI pushes each image."
  value       = module.images.urls
}

output "artifacts_bucket" {
  description = "Models, reports and training output."
  value       = module.artifacts.id
}

output "landing_bucket" {
  description = "Where source systems drop files."
  value       = module.ingest.bucket.id
}

output "pipelines" {
  description = "What starts each pipeline."
  value       = module.orchestrate.pipelines
}

output "dashboard" {
  description = "Where to look first."
  value       = module.observe.dashboard
}

output "alarm_topic_arn" {
  description = "Subscribe here to hear of alarms."
  value       = module.alerts.topic_arn
}

output "model_version" {
  description = "The model that was deployed, as model_version names it."
  value       = local.model_version
}

output "endpoint" {
  description = "How to reach the service."
  value       = module.serve.endpoint
}

output "service" {
  description = "Name of the running service; null until the endpoint is enabled."
  value       = module.serve.service
}

output "cluster" {
  description = "ECS cluster of the service."
  value       = module.cluster.name
}
