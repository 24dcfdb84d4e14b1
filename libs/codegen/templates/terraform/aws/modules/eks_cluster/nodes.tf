locals {
  # Graviton types have a g behind the generation; types with NVIDIA GPUs begin with g or p.
  arm = can(regex("^[a-z]+[0-9]+g[a-z]*\\.", var.nodes.instance_type))
  gpu = can(regex("^[gp][0-9]", var.nodes.instance_type))
  ami = local.gpu ? "AL2023_x86_64_NVIDIA" : local.arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD"
}

resource "aws_eks_node_group" "this" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "base"
  node_role_arn   = aws_iam_role.node.arn
  subnet_ids      = var.subnet_ids
  instance_types  = [var.nodes.instance_type]
  ami_type        = local.ami

  launch_template {
    id      = aws_launch_template.node.id
    version = aws_launch_template.node.latest_version
  }

  scaling_config {
    min_size     = var.nodes.min
    max_size     = var.nodes.max
    desired_size = var.nodes.min
  }

  update_config {
    max_unavailable = 1
  }

  node_repair_config {
    enabled = true
  }

  # A scaler changes the number of nodes with the load.
  lifecycle {
    ignore_changes = [scaling_config[0].desired_size]
  }

  depends_on = [aws_eks_addon.network, aws_iam_role_policy_attachment.node, aws_kms_grant.node]
}

# A node group hands on no tags to its nodes, and the budget counts what carries them.
data "aws_default_tags" "current" {}

resource "aws_launch_template" "node" {
  name_prefix = "${var.name}-node-"
  description = "Nodes of ${var.name}"

  vpc_security_group_ids = [
    aws_eks_cluster.this.vpc_config[0].cluster_security_group_id,
    var.workload_security_group_id,
  ]

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.nodes.volume_gb
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }

  # Pods have roles of their own: the node's is out of their reach.
  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  monitoring {
    enabled = true
  }

  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume"])

    content {
      resource_type = tag_specifications.value
      tags          = merge(data.aws_default_tags.current.tags, { Name = "${var.name}-node" })
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# Auto Scaling starts the nodes and has to open their volumes.
resource "aws_kms_grant" "node" {
  count             = var.customer_managed_keys ? 1 : 0
  name              = "${var.name}-nodes"
  key_id            = var.kms_key_arn
  grantee_principal = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  operations = [
    "CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo",
  ]
}
