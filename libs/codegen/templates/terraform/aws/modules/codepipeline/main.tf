data "aws_caller_identity" "current" {}

# Waits for one hand-shake in the console (Developer tools, Connections) before it can read the repository.
resource "aws_codestarconnections_connection" "this" {
  name          = "${substr(var.project, 0, 29)}-ci"
  provider_type = var.code_host
}

module "roles" {
  source           = "../ci_roles"
  project          = var.project
  environments     = var.environments
  trusted_service  = "codebuild.amazonaws.com"
  state_policy     = var.state_policy
  state_bucket_arn = var.state_bucket_arn

  subjects = merge({ plan = [] }, { for environment in var.environments : environment => [] })
}

resource "aws_codepipeline" "this" {
  #checkov:skip=CKV_AWS_219:The pipeline's own files are encrypted with the key of the bucket; they hold what the repository holds.
  name          = var.project
  role_arn      = aws_iam_role.pipeline.arn
  pipeline_type = "V2"

  artifact_store {
    location = var.state_bucket
    type     = "S3"
  }

  stage {
    name = "Source"

    action {
      name             = "source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeStarSourceConnection"
      version          = "1"
      output_artifacts = ["source"]

      configuration = {
        ConnectionArn    = aws_codestarconnections_connection.this.arn
        FullRepositoryId = var.repository
        BranchName       = "main"
      }
    }
  }

  stage {
    name = "Checks"

    action {
      name            = "checks"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration   = { ProjectName = aws_codebuild_project.this["plan"].name }
    }
  }

  stage {
    name = "Staging"

    action {
      name            = "staging"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration   = { ProjectName = aws_codebuild_project.this["staging"].name }
    }
  }

  # A person starts production.
  stage {
    name = "Approval"

    action {
      name     = "approve"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
      version  = "1"
    }
  }

  stage {
    name = "Production"

    action {
      name            = "prod"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["source"]
      configuration   = { ProjectName = aws_codebuild_project.this["prod"].name }
    }
  }
}
