# IAM decides which roles of the account come that far.
data "aws_iam_policy_document" "domain" {
  statement {
    actions   = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
    resources = ["${local.domain_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost"]
    resources = ["${local.domain_arn}/passages*"]
  }
}

data "aws_iam_policy_document" "write" {
  statement {
    actions   = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
    resources = ["${local.domain_arn}/passages*"]
  }

  # The domain's own role of the readers, and who has it.
  statement {
    actions   = ["es:ESHttpPut"]
    resources = [for kind in ["roles", "rolesmapping"] : "${local.domain_arn}/_plugins/_security/api/${kind}/passages_reader"]
  }
}
