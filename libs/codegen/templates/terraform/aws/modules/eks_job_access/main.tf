data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

resource "aws_eks_access_policy_association" "this" {
  cluster_name  = var.cluster_name
  principal_arn = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch"
  policy_arn    = "arn:${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AWSBatchNamespacePolicy"

  access_scope {
    type       = "namespace"
    namespaces = [for job in var.jobs : job.namespace]
  }

  # The entry that the policy is added to comes with the compute environments.
  lifecycle {
    precondition {
      condition     = alltrue([for job in var.jobs : job.compute_environment_arn != ""])
      error_message = "Every job needs its compute environment first."
    }
  }
}
