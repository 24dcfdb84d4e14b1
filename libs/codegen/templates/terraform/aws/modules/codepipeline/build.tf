# One project for the checks and one for each environment; each runs under that environment's role.
resource "aws_codebuild_project" "this" {
  #checkov:skip=CKV_AWS_316:Building container images needs the privileged mode of the build machine.
  #checkov:skip=CKV_AWS_147:Builds leave no files behind; images go to a registry with a key of its own.
  for_each      = toset(concat(["plan"], var.environments))
  name          = "${var.project}-ci-${each.value}"
  description   = each.value == "plan" ? "Checks of every change" : "Deploys ${each.value}"
  service_role  = each.value == "plan" ? module.roles.plan_role_arn : module.roles.deploy_role_arns[each.value]
  build_timeout = each.value == "plan" ? 60 : 120

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type    = "BUILD_GENERAL1_MEDIUM"
    image           = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = each.value != "plan"

    environment_variable {
      name  = "TARGET"
      value = each.value
    }

    environment_variable {
      name  = "TF_STATE_BUCKET"
      value = var.state_bucket
    }
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.this[each.value].name
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = "ci/buildspec.yml"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  #checkov:skip=CKV_AWS_158:Build logs hold no data; CloudWatch encrypts them with a key of its own.
  for_each          = toset(concat(["plan"], var.environments))
  name              = "/codebuild/${var.project}-ci-${each.value}"
  retention_in_days = 365
}

resource "aws_iam_role" "pipeline" {
  name               = "${var.project}-ci-pipeline"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "pipeline" {
  role   = aws_iam_role.pipeline.id
  policy = data.aws_iam_policy_document.pipeline.json
}

# What a build needs besides its environment's rights: its log and the files that the pipeline hands over.
resource "aws_iam_role_policy" "build" {
  for_each = toset(concat(["plan"], var.environments))
  name     = "build"
  role     = "${var.project}-ci-${each.value}"
  policy   = data.aws_iam_policy_document.build[each.value].json

  depends_on = [module.roles]
}

data "aws_iam_policy_document" "build" {
  for_each = toset(concat(["plan"], var.environments))

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this[each.value].arn}:*"]
  }

  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${var.state_bucket_arn}/${substr(var.project, 0, 20)}/*"]
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codepipeline.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "pipeline" {
  statement {
    actions   = ["codebuild:BatchGetBuilds", "codebuild:StartBuild"]
    resources = [for project in aws_codebuild_project.this : project.arn]
  }

  statement {
    actions   = ["codeconnections:UseConnection", "codestar-connections:UseConnection"]
    resources = [aws_codestarconnections_connection.this.arn]
  }

  statement {
    actions   = ["s3:GetBucketVersioning", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = [var.state_bucket_arn, "${var.state_bucket_arn}/${substr(var.project, 0, 20)}/*"]
  }
}
