data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  iam_arn   = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}"
  role_arns = { for target in concat(["plan"], var.environments) : target => "${local.iam_arn}:role/${var.project}-ci-${target}" }
}

# Agents are tasks that run under these roles; only ECS of this account can hand them out.
module "roles" {
  source           = "../ci_roles"
  project          = var.project
  environments     = var.environments
  trusted_service  = "ecs-tasks.amazonaws.com"
  state_policy     = var.state_policy
  state_bucket_arn = var.state_bucket_arn

  subjects = merge({ plan = [] }, { for environment in var.environments : environment => [] })
}

# An environment's role starts the task that builds its images; that of prod also defines the agents.
resource "aws_iam_role_policy" "tasks" {
  for_each = toset(var.environments)
  name     = "tasks"
  role     = "${var.project}-ci-${each.value}"
  policy   = data.aws_iam_policy_document.tasks[each.value].json

  depends_on = [module.roles]
}

data "aws_iam_policy_document" "tasks" {
  for_each = toset(var.environments)

  statement {
    actions = ["iam:PassRole"]
    resources = concat(
      ["${local.iam_arn}:role/${var.project}-prod-jenkins-exec"],
      each.value == "prod" ? values(local.role_arns) : [local.role_arns[each.value]],
    )

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}
