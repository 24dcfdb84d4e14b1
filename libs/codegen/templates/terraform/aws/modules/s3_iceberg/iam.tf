# Taken by the Glue optimizers.
resource "aws_iam_role" "upkeep" {
  name               = "${var.name}-iceberg-upkeep"
  assume_role_policy = data.aws_iam_policy_document.assume["glue"].json
}

resource "aws_iam_role_policy" "upkeep" {
  role   = aws_iam_role.upkeep.id
  policy = data.aws_iam_policy_document.upkeep.json
}

# Taken by the scheduler for the nightly erasure.
resource "aws_iam_role" "erasure" {
  name               = "${var.name}-iceberg-erasure"
  assume_role_policy = data.aws_iam_policy_document.assume["scheduler"].json
}

resource "aws_iam_role_policy" "erasure" {
  role   = aws_iam_role.erasure.id
  policy = data.aws_iam_policy_document.access.json
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["glue", "scheduler"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["${each.value}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "catalog" {
  source_policy_documents = [module.bucket.write_policy]

  # Athena writes large files in parts, under the role of who asks.
  statement {
    actions   = ["s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts"]
    resources = [module.bucket.arn, "${module.bucket.arn}/*"]
  }

  # A compacted or expired file is deleted; versions keep it for the lifecycle of the bucket.
  statement {
    actions   = ["s3:DeleteObject"]
    resources = ["${module.bucket.arn}/tables/*", "${module.bucket.arn}/curated/*"]
  }

  statement {
    actions = ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable", "glue:GetTables", "glue:UpdateTable"]
    resources = [
      aws_glue_catalog_database.this.arn,
      "${replace(aws_glue_catalog_database.this.arn, ":database/", ":table/")}/*",
      replace(aws_glue_catalog_database.this.arn, "/:database/.*$/", ":catalog"),
    ]
  }
}

data "aws_iam_policy_document" "upkeep" {
  source_policy_documents = [data.aws_iam_policy_document.catalog.json]

  statement {
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/iceberg-*",
    ]
  }
}

data "aws_iam_policy_document" "access" {
  source_policy_documents = [data.aws_iam_policy_document.catalog.json]

  # New rows pass through a table over their own files, which is dropped afterwards.
  statement {
    actions = ["glue:CreateTable", "glue:DeleteTable"]
    resources = [
      aws_glue_catalog_database.this.arn,
      "${replace(aws_glue_catalog_database.this.arn, ":database/", ":table/")}/*",
      replace(aws_glue_catalog_database.this.arn, "/:database/.*$/", ":catalog"),
    ]
  }

  # Athena looks for the database `default` before it makes or drops a table, and makes it where an account has none.
  statement {
    actions = ["glue:CreateDatabase", "glue:GetDatabase"]
    resources = [
      replace(aws_glue_catalog_database.this.arn, "/:database/.*$/", ":database/default"),
      replace(aws_glue_catalog_database.this.arn, "/:database/.*$/", ":catalog"),
    ]
  }

  statement {
    actions = [
      "athena:GetQueryExecution",
      "athena:GetQueryResults",
      "athena:GetWorkGroup",
      "athena:StartQueryExecution",
      "athena:StopQueryExecution",
    ]
    resources = [aws_athena_workgroup.this.arn]
  }
}
