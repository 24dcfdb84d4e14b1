locals {
  issuer = trimprefix(var.gitlab_url, "https://")
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = var.gitlab_url
  client_id_list = [var.gitlab_url]
}

module "roles" {
  source           = "../ci_roles"
  project          = var.project
  environments     = var.environments
  provider_arn     = aws_iam_openid_connect_provider.this.arn
  issuer           = local.issuer
  audience         = var.gitlab_url
  state_policy     = var.state_policy
  state_bucket_arn = var.state_bucket_arn

  # GitLab's subject names the branch, not the environment: only main deploys, and approval is the protected environment's.
  subjects = merge(
    { plan = ["project_path:${var.repository}:ref_type:branch:ref:*"] },
    { for environment in var.environments : environment => ["project_path:${var.repository}:ref_type:branch:ref:main"] },
  )
}
