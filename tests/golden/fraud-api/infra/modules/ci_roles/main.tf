data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  iam_arn = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}"
  s3_arn  = "arn:${data.aws_partition.current.partition}:s3:::"

  # What Terraform itself puts into buckets. A plan asks for the head of each, which needs the right to read it; the bucket and
  # the folder of DAGs can be those of a team.
  programs = concat(
    [for folder in ["emr", "glue", "packages"] : "${local.s3_arn}${var.project}-*-artifacts-*/${folder}/*"],
    [for file in ["pipelines.json", "pipelines.py", "run_job.py"] : "${local.s3_arn}*/${var.project}-*/${file}"],
  )
}

# Reads everything, changes nothing: terraform plan on a pull request.
resource "aws_iam_role" "plan" {
  name               = "${var.project}-ci-plan"
  assume_role_policy = data.aws_iam_policy_document.trust["plan"].json
}

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.plan.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy" "plan_state" {
  role   = aws_iam_role.plan.id
  policy = data.aws_iam_policy_document.plan.json
}

# One role for each environment, so that a job for dev cannot touch prod through the CI provider.
resource "aws_iam_role" "deploy" {
  for_each             = toset(var.environments)
  name                 = "${var.project}-ci-${each.value}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.value].json
  max_session_duration = 7200
}

# Everything but IAM; what it may do there is below.
resource "aws_iam_role_policy_attachment" "deploy" {
  #policy:accept=baseline.tf_power_users:Terraform makes what the plan names; rights on roles are bounded below.
  for_each   = aws_iam_role.deploy
  role       = each.value.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role_policy" "deploy_iam" {
  for_each = aws_iam_role.deploy
  role     = each.value.id
  policy   = data.aws_iam_policy_document.deploy_iam[each.key].json
}

# ReadOnlyAccess would also read the data; a pull request has no business there.
data "aws_iam_policy_document" "plan" {
  source_policy_documents = [var.state_policy]

  statement {
    sid           = "NoData"
    effect        = "Deny"
    actions       = ["s3:GetObject*"]
    not_resources = concat(["${var.state_bucket_arn}/*"], local.programs)
  }

  statement {
    sid       = "NoRows"
    effect    = "Deny"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan", "kinesis:GetRecords"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "trust" {
  for_each = var.subjects

  statement {
    actions = [var.trusted_service == "" ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole"]

    principals {
      type        = var.trusted_service == "" ? "Federated" : "Service"
      identifiers = [var.trusted_service == "" ? var.provider_arn : var.trusted_service]
    }

    # A service of this account acts for it alone; an outside CI proves with its token which repository it works for.
    dynamic "condition" {
      for_each = var.trusted_service == "" ? [] : [data.aws_caller_identity.current.account_id]

      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [condition.value]
      }
    }

    dynamic "condition" {
      for_each = var.trusted_service == "" ? [var.audience] : []

      content {
        test     = "StringEquals"
        variable = "${var.issuer}:aud"
        values   = [condition.value]
      }
    }

    dynamic "condition" {
      for_each = var.trusted_service == "" ? [each.value] : []

      content {
        test     = "StringLike"
        variable = "${var.issuer}:sub"
        values   = condition.value
      }
    }
  }
}

data "aws_iam_policy_document" "deploy_iam" {
  for_each = toset(var.environments)

  statement {
    actions = [
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
    ]
    resources = ["${local.iam_arn}:role/${var.project}-${each.value}-*"]
  }

  # Machines of batch jobs and of Kubernetes take their role through a profile.
  statement {
    actions = [
      "iam:AddRoleToInstanceProfile",
      "iam:CreateInstanceProfile",
      "iam:DeleteInstanceProfile",
      "iam:GetInstanceProfile",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:UntagInstanceProfile",
    ]
    resources = ["${local.iam_arn}:instance-profile/${var.project}-${each.value}-*"]
  }
}
