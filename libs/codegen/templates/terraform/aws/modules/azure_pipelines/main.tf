locals {
  issuer   = "vstoken.dev.azure.com/${var.organisation_id}"
  audience = "api://AzureADTokenExchange"
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

  # The subject names the service connection: one for plans and one for each environment, whose approvals are Azure's.
  subjects = merge(
    { plan = ["sc://${var.repository}/${var.project}-plan"] },
    { for environment in var.environments : environment => ["sc://${var.repository}/${var.project}-${environment}"] },
  )
}
