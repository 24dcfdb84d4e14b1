locals {
  folder = "${var.dags_path}/${var.name}"

  # What the DAGs are made of; a schedule that is off is an empty one.
  description = jsonencode({
    name            = var.name
    alarm_topic_arn = var.alarm_topic_arn
    pipelines = {
      for pipeline, spec in var.pipelines : "${var.name}-${pipeline}" => {
        schedule = var.enable_schedules ? spec.schedule : ""
        steps = [
          for step in spec.steps : {
            name = step.name
            job = {
              target          = step.job.sdk_target
              parameters      = jsondecode(step.job.parameters)
              unique_name     = step.job.unique_name
              timeout_seconds = step.job.timeout_seconds
            }
          }
        ]
      }
    }
  })
}

resource "aws_s3_object" "program" {
  for_each    = toset(["pipelines.py", "run_job.py"])
  bucket      = var.bucket
  key         = "${local.folder}/${each.value}"
  source      = "${path.module}/${each.value}"
  source_hash = filesha256("${path.module}/${each.value}")
}

resource "aws_s3_object" "description" {
  bucket  = var.bucket
  key     = "${local.folder}/pipelines.json"
  content = local.description
}

# Airflow starts the jobs and asks how they are; what they touch is their own roles' business.
resource "aws_iam_role_policy" "this" {
  name   = "${var.name}-pipelines"
  role   = var.role_name
  policy = data.aws_iam_policy_document.start.json
}

data "aws_iam_policy_document" "start" {
  source_policy_documents = distinct(flatten([for spec in var.pipelines : [for step in spec.steps : step.job.start_policy]]))

  statement {
    actions   = ["sns:Publish"]
    resources = [var.alarm_topic_arn]
  }

  # The topic is encrypted with this key.
  dynamic "statement" {
    for_each = var.alarm_key_arn == null ? [] : [var.alarm_key_arn]

    content {
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
