# What a job does with MLflow; deleting experiments, runs and models is left to people.
data "aws_iam_policy_document" "access" {
  source_policy_documents = [var.artifacts_policy]

  statement {
    actions   = ["sagemaker:DescribeMlflowTrackingServer"]
    resources = [aws_sagemaker_mlflow_tracking_server.this.arn]
  }

  statement {
    actions = [
      "sagemaker-mlflow:CreateExperiment",
      "sagemaker-mlflow:CreateModelVersion",
      "sagemaker-mlflow:CreateRegisteredModel",
      "sagemaker-mlflow:CreateRun",
      "sagemaker-mlflow:FinalizeLoggedModel",
      "sagemaker-mlflow:CreateLoggedModel",
      "sagemaker-mlflow:GetDownloadURIForModelVersionArtifacts",
      "sagemaker-mlflow:GetExperiment",
      "sagemaker-mlflow:GetExperimentByName",
      "sagemaker-mlflow:GetLatestModelVersions",
      "sagemaker-mlflow:GetLoggedModel",
      "sagemaker-mlflow:GetMetricHistory",
      "sagemaker-mlflow:GetModelVersion",
      "sagemaker-mlflow:GetModelVersionByAlias",
      "sagemaker-mlflow:GetRegisteredModel",
      "sagemaker-mlflow:GetRun",
      "sagemaker-mlflow:ListArtifacts",
      "sagemaker-mlflow:LogBatch",
      "sagemaker-mlflow:LogInputs",
      "sagemaker-mlflow:LogMetric",
      "sagemaker-mlflow:LogModel",
      "sagemaker-mlflow:LogParam",
      "sagemaker-mlflow:SearchExperiments",
      "sagemaker-mlflow:SearchModelVersions",
      "sagemaker-mlflow:SearchRegisteredModels",
      "sagemaker-mlflow:SearchRuns",
      "sagemaker-mlflow:SetExperimentTag",
      "sagemaker-mlflow:SetModelVersionTag",
      "sagemaker-mlflow:SetRegisteredModelAlias",
      "sagemaker-mlflow:SetRegisteredModelTag",
      "sagemaker-mlflow:SetTag",
      "sagemaker-mlflow:TransitionModelVersionStage",
      "sagemaker-mlflow:UpdateModelVersion",
      "sagemaker-mlflow:UpdateRegisteredModel",
      "sagemaker-mlflow:UpdateRun",
    ]
    resources = [aws_sagemaker_mlflow_tracking_server.this.arn]
  }
}
