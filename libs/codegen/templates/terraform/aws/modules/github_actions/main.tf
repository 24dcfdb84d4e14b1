locals {
  issuer   = "token.actions.githubusercontent.com"
  audience = "sts.amazonaws.com"
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

  subjects = merge(
    { plan = ["repo:${var.repository}:pull_request", "repo:${var.repository}:ref:refs/heads/main"] },
    { for environment in var.environments : environment => ["repo:${var.repository}:environment:${environment}"] },
  )
}
