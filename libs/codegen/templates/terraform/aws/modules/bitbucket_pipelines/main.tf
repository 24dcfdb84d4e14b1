locals {
  issuer   = "api.bitbucket.org/2.0/workspaces/${split("/", var.repository)[0]}/pipelines-config/identity/oidc"
  audience = "ari:cloud:bitbucket::workspace/${var.workspace_id}"
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

  # The subject names repository, deployment environment and step; a step without an environment has two parts only.
  subjects = merge(
    { plan = ["{${var.repository_id}}:{*}"] },
    { for environment in var.environments : environment => ["{${var.repository_id}}:{${var.environment_ids[environment]}}:{*}"] },
  )
}
