data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

# What the code inside may do.
resource "aws_iam_role" "this" {
  name               = "${var.name}-pod"
  assume_role_policy = var.pod_assume_policy
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.run.json
}

resource "aws_eks_pod_identity_association" "this" {
  cluster_name    = var.eks_cluster_name
  namespace       = var.namespace
  service_account = "default"
  role_arn        = aws_iam_role.this.arn
}

data "aws_iam_policy_document" "run" {
  source_policy_documents = var.policies
}

# Auto Scaling starts the nodes and has to open their volumes.
resource "aws_kms_grant" "this" {
  count             = var.customer_managed_keys ? 1 : 0
  name              = "${var.name}-nodes"
  key_id            = var.kms_key_arn
  grantee_principal = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  operations = [
    "CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo",
  ]
}

data "aws_iam_policy_document" "start" {
  #checkov:skip=CKV_AWS_356:DescribeJobs and TerminateJob know no resource before the job exists.
  #checkov:skip=CKV_AWS_111:As above; SubmitJob is held to this queue and definition.
  statement {
    actions = ["batch:SubmitJob"]
    resources = [
      aws_batch_job_queue.this.arn,
      aws_batch_job_definition.this.arn_prefix,
      "${aws_batch_job_definition.this.arn_prefix}:*",
    ]
  }

  statement {
    actions   = ["batch:DescribeJobs", "batch:TerminateJob"]
    resources = ["*"]
  }
}
