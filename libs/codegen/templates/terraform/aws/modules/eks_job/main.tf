data "aws_ec2_instance_type" "node" {
  instance_type = var.size.node_type
}

locals {
  timeout_seconds = max(3600, ceil(var.size.hours_per_run / var.size.jobs * 10800))
  gpu             = can(regex("^[gp][0-9]", var.size.node_type))

  # Asked for is what the node has free: the kubelet keeps up to 1 % and 50m, the agents of every node ask for 450m (CloudWatch 250m,
  # kube-proxy 100m, the network's 50m, Fluent Bit 50m), with GPUs for 250m more. Batch knows no millicores, only steps of a quarter.
  # The job may use more while the agents do not; of memory a fifth is the system's and theirs.
  cpu    = floor((data.aws_ec2_instance_type.node.default_vcpus * 0.99 - 0.75) * 4) / 4
  memory = "${floor(data.aws_ec2_instance_type.node.memory_size * 0.8)}Mi"

  environment = merge(
    var.environment,
    local.gpu ? { NVIDIA_VISIBLE_DEVICES = "all", NVIDIA_DRIVER_CAPABILITIES = "compute,utility" } : {},
  )
}

resource "aws_lambda_invocation" "namespace" {
  function_name   = var.apply_function
  lifecycle_scope = "CRUD"

  input = jsonencode({
    manifests = [{
      apiVersion = "v1"
      kind       = "Namespace"
      metadata = {
        name   = var.namespace
        labels = { "pod-security.kubernetes.io/enforce" = "baseline" }
      }
    }]
  })
}

# Batch starts nodes and volumes without the tags of the provider, and the budget counts what carries them.
data "aws_default_tags" "current" {}

locals {
  node_tags = merge(data.aws_default_tags.current.tags, { Name = var.name })
}

resource "aws_batch_compute_environment" "this" {
  name_prefix = "${var.name}-"
  type        = "MANAGED"
  state       = "ENABLED"

  # Batch makes its access entry itself, because the cluster knows no other way in.
  eks_configuration {
    eks_cluster_arn      = var.eks_cluster_arn
    kubernetes_namespace = var.namespace
  }

  compute_resources {
    type                = "EC2"
    allocation_strategy = "BEST_FIT_PROGRESSIVE"
    instance_type       = [var.size.node_type]
    instance_role       = var.node_instance_profile_arn
    min_vcpus           = 0
    max_vcpus           = data.aws_ec2_instance_type.node.default_vcpus * var.size.jobs
    subnets             = var.subnet_ids
    security_group_ids  = [var.cluster_security_group_id, var.workload_security_group_id]
    tags                = local.node_tags

    ec2_configuration {
      image_type = local.gpu ? "EKS_AL2023_NVIDIA" : "EKS_AL2023"
    }

    launch_template {
      launch_template_id = aws_launch_template.this.id
      version            = "$Latest"
    }
  }

  update_policy {
    job_execution_timeout_minutes = ceil(local.timeout_seconds / 60)
    terminate_jobs_on_update      = false
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_kms_grant.this, aws_lambda_invocation.namespace]
}

resource "aws_launch_template" "this" {
  name_prefix = "${var.name}-"
  description = "Nodes of ${var.name}"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = var.volume_gb
      encrypted             = true
      kms_key_id            = var.kms_key_arn
      delete_on_termination = true
    }
  }

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tag_specifications {
    resource_type = "volume"
    tags          = local.node_tags
  }

  lifecycle {
    create_before_destroy = true
  }
}
