locals {
  issuer   = "token.actions.githubusercontent.com"
  audience = "sts.amazonaws.com"
  names    = split("/", var.repository)

  # With its numbers a repository cannot be impersonated by one that takes over its name.
  repository = var.repository_id == "" ? var.repository : "${local.names[0]}@${var.owner_id}/${local.names[1]}@${var.repository_id}"

  subjects = merge(
    { plan = ["repo:${local.repository}:pull_request", "repo:${local.repository}:ref:refs/heads/main"] },
    { for environment in var.environments : environment => ["repo:${local.repository}:environment:${environment}"] },
  )
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = "https://${local.issuer}"
  client_id_list = [local.audience]
}

module "roles" {
  source           = "../ci_roles"
  project          = var.project
  environments     = var.environments
  provider_arn     = aws_iam_openid_connect_provider.this.arn
  issuer           = local.issuer
  audience         = local.audience
  state_policy     = var.state_policy
  state_bucket_arn = var.state_bucket_arn
  subjects         = local.subjects
}
