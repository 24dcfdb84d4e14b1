# Nothing is created: the instructions are part of the prompt, and the service needs to know that nothing else checks it.
locals {
  environment = { GUARDRAILS_KIND = "prompt" }
}

data "aws_iam_policy_document" "none" {}
