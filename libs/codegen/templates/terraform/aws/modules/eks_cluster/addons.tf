# What nodes need before they are ready.
resource "aws_eks_addon" "network" {
  for_each                    = toset(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"])
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

# What runs on them.
resource "aws_eks_addon" "base" {
  for_each                    = toset(["coredns", "metrics-server"])
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  depends_on = [aws_eks_node_group.this]
}

# Logs of pods, also on the nodes that jobs bring along and that nothing else tolerates.
resource "aws_eks_addon" "logs" {
  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = "amazon-cloudwatch-observability"
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  # The enhanced metrics of every container are billed one by one: the plain ones are enough.
  configuration_values = jsonencode({
    tolerations = [{ operator = "Exists" }]
    agent       = { config = { logs = { metrics_collected = { kubernetes = { enhanced_container_insights = false } } } } }
  })

  pod_identity_association {
    service_account = "cloudwatch-agent"
    role_arn        = aws_iam_role.logs.arn
  }

  depends_on = [aws_cloudwatch_log_group.pods, aws_eks_node_group.this]
}

# Created before the add-on, so that its logs expire.
resource "aws_cloudwatch_log_group" "pods" {
  for_each          = toset(["application", "dataplane", "host", "performance"])
  name              = "/aws/containerinsights/${var.name}/${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_key_arn
}
