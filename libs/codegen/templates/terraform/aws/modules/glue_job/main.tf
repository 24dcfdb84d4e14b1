data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  job_name = "${var.name}-${var.purpose}"
  # Glue writes what the program prints below `output`, and its own log below `error`.
  log_prefix = "/job/${local.job_name}"
  arn_tail   = "${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}"
  # The package and the lock file that a script imports from.
  libraries = var.library == null ? {} : {
    "--extra-py-files"                  = var.library.package_uri
    "--additional-python-modules"       = var.library.requirements_uri
    "--python-modules-installer-option" = "-r"
  }
  # Three times the planned duration, never under an hour: a hanging job stops and is told.
  timeout_minutes = max(60, ceil(var.size.hours_per_run * 180))
}

resource "aws_s3_object" "script" {
  bucket      = var.script_bucket
  key         = "glue/${filesha256(var.script)}.py"
  source      = var.script
  source_hash = filesha256(var.script)
}

resource "aws_glue_job" "this" {
  name                   = local.job_name
  role_arn               = aws_iam_role.this.arn
  glue_version           = "5.0"
  worker_type            = "G.1X"
  number_of_workers      = max(2, ceil(var.size.dpu))
  timeout                = local.timeout_minutes
  max_retries            = 0
  security_configuration = aws_glue_security_configuration.this.name

  command {
    name            = "glueetl"
    python_version  = "3"
    script_location = "s3://${var.script_bucket}/${aws_s3_object.script.key}"
  }

  default_arguments = merge(var.arguments, local.libraries, {
    "--job-bookmark-option"              = "job-bookmark-disable"
    "--enable-metrics"                   = "true"
    "--enable-continuous-cloudwatch-log" = "true"
    "--custom-logGroup-prefix"           = local.log_prefix
  })

  depends_on = [aws_cloudwatch_log_group.this]
}

# Made before the job, so that its logs expire and have their key.
resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["error", "output"])
  name              = "${local.log_prefix}/${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_glue_security_configuration" "this" {
  #checkov:skip=CKV_AWS_99:The log groups have the key themselves; with one named here Glue would write to groups of other names.
  name = local.job_name

  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "DISABLED"
    }

    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = var.kms_key_arn == null ? "DISABLED" : "CSE-KMS"
      kms_key_arn                   = var.kms_key_arn
    }

    s3_encryption {
      s3_encryption_mode = var.kms_key_arn == null ? "SSE-S3" : "SSE-KMS"
      kms_key_arn        = var.kms_key_arn
    }
  }
}
