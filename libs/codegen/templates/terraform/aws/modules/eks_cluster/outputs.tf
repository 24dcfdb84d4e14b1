output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "arn" {
  description = "ARN of the cluster."
  value       = aws_eks_cluster.this.arn
}

output "security_group_id" {
  description = "Security group that the control plane and the nodes share."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "node_instance_profile_arn" {
  description = "Instance profile of nodes that others bring into the cluster."
  value       = aws_iam_instance_profile.node.arn
}

output "node_group" {
  description = "Name of the managed node group and of its Auto Scaling group."
  value = {
    name              = aws_eks_node_group.this.node_group_name
    autoscaling_group = aws_eks_node_group.this.resources[0].autoscaling_groups[0].name
  }
}

output "pod_log_group" {
  description = "Log group of the pods. The agent writes each line of JSON as `log_processed` of an event."
  value       = aws_cloudwatch_log_group.pods["application"].name
}

output "pod_assume_policy" {
  description = "Trust policy of roles that pods take through EKS Pod Identity."
  value       = data.aws_iam_policy_document.pods.json
}

output "apply_function" {
  description = "Function that applies the manifests it is given; ready when the add-ons are."
  value       = aws_lambda_function.objects.function_name
  depends_on  = [aws_eks_addon.base]
}
