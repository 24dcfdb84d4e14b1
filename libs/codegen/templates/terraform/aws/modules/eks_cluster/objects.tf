# Applies manifests from within the network; Terraform calls it, and a deployment asks it how the rollout goes.
resource "aws_lambda_function" "objects" {
  #checkov:skip=CKV_AWS_116:Terraform waits for the answer and shows the error; there is nothing to keep for later.
  #checkov:skip=CKV_AWS_272:The code is one file of this repository, uploaded by the pipeline that reviewed it.
  #checkov:skip=CKV_AWS_115:Called a few times in an apply; a reservation would take capacity from the service.
  #checkov:skip=CKV_AWS_173:The variables are the public address and the public certificate of the cluster.
  #checkov:skip=CKV_AWS_50:One short call in an apply, whose whole story is in its log.
  function_name    = "${var.name}-eks-objects"
  description      = "Applies Kubernetes objects to ${var.name}"
  role             = aws_iam_role.objects.arn
  runtime          = "python3.13"
  architectures    = ["arm64"]
  handler          = "objects.handler"
  filename         = data.archive_file.objects.output_path
  source_code_hash = data.archive_file.objects.output_base64sha256
  memory_size      = 256
  timeout          = 300

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [var.workload_security_group_id]
  }

  environment {
    variables = {
      CLUSTER   = aws_eks_cluster.this.name
      ENDPOINT  = aws_eks_cluster.this.endpoint
      AUTHORITY = aws_eks_cluster.this.certificate_authority[0].data
    }
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.objects.name
  }

  depends_on = [aws_eks_access_policy_association.objects, aws_iam_role_policy_attachment.objects]
}

data "archive_file" "objects" {
  type        = "zip"
  source_file = "${path.module}/objects.py"
  output_path = "${path.root}/.terraform/${var.name}-eks-objects.zip"
}

resource "aws_cloudwatch_log_group" "objects" {
  name              = "/aws/lambda/${var.name}-eks-objects"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}

resource "aws_eks_access_entry" "objects" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_iam_role.objects.arn
}

resource "aws_eks_access_policy_association" "objects" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.objects.principal_arn
  policy_arn    = "arn:${data.aws_partition.current.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}
