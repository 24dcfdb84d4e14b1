locals {
  issuer = "oidc.circleci.com/org/${var.organisation_id}"
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = "https://${local.issuer}"
  client_id_list = [var.organisation_id]
}

module "roles" {
  source           = "../ci_roles"
  project          = var.project
  environments     = var.environments
  provider_arn     = aws_iam_openid_connect_provider.this.arn
  issuer           = local.issuer
  audience         = var.organisation_id
  state_policy     = var.state_policy
  state_bucket_arn = var.state_bucket_arn

  # CircleCI's subject names organisation, project and user, not the branch: contexts restrict who may deploy, and the hold
  # job in the workflow is where a person approves.
  subjects = merge(
    { plan = ["org/${var.organisation_id}/project/${var.project_id}/user/*"] },
    { for environment in var.environments : environment => ["org/${var.organisation_id}/project/${var.project_id}/user/*"] },
  )
}
