output "pipelines" {
  description = "ARN of each pipeline."
  value       = { for name, pipeline in aws_sagemaker_pipeline.this : name => pipeline.arn }
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    for name, pipeline in aws_sagemaker_pipeline.this : {
      title = "Runs of ${name}"
      metrics = [
        for metric in ["ExecutionSucceeded", "ExecutionFailed"] :
        ["AWS/Sagemaker/ModelBuildingPipeline", metric, "PipelineName", pipeline.pipeline_name]
      ]
      stat = "Sum"
    }
  ]
}
