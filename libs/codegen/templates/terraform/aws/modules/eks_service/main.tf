data "aws_ec2_instance_type" "node" {
  instance_type = var.size.node_type
}

locals {
  port      = 8000
  node_port = 30080
  namespace = "serve"
  gpu       = can(regex("^[gp][0-9]", var.size.node_type))

  environment = merge(
    var.environment,
    { HOST = "0.0.0.0", PORT = tostring(local.port) },
    local.gpu ? { NVIDIA_VISIBLE_DEVICES = "all", NVIDIA_DRIVER_CAPABILITIES = "compute,utility" } : {},
  )
}

# Applied from within the network; a new image is rolled out node by node.
resource "aws_lambda_invocation" "objects" {
  count           = var.enable_endpoint ? 1 : 0
  function_name   = var.apply_function
  lifecycle_scope = "CRUD"
  input           = jsonencode({ manifests = local.manifests })

  depends_on = [aws_eks_pod_identity_association.this]
}

module "load_balancer" {
  source                   = "../internal_load_balancer"
  name                     = var.name
  enabled                  = var.enable_endpoint
  port                     = local.node_port
  target_type              = "instance"
  target_security_group_id = var.cluster_security_group_id
  min_targets              = var.size.min_nodes
  certificate_arn          = var.certificate_arn
  client_cidrs             = var.client_cidrs
  latency_ms_p95           = var.latency_ms_p95
  availability_pct         = var.availability_pct
  idle_timeout             = max(60, var.answer_seconds + 10)
  vpc_id                   = var.vpc_id
  subnet_ids               = var.subnet_ids
  log_bucket               = var.log_bucket
  alarm_topic_arn          = var.alarm_topic_arn
  protect                  = var.protect
}

# Nodes are the targets: each of them runs one copy of the service and passes requests to all.
resource "aws_autoscaling_attachment" "this" {
  #checkov:skip=CKV2_AWS_15:The group belongs to EKS, whose node repair replaces sick nodes; a copy that starts is no sick node.
  autoscaling_group_name = var.autoscaling_group_name
  lb_target_group_arn    = module.load_balancer.target_group_arn
}

# The planned peak spread over the most nodes, with 30 % to spare; a node takes minutes to come. Questions to a language model hold a place
# of their copy for seconds: `requests_per_minute` leaves some free.
resource "aws_autoscaling_policy" "requests" {
  count                     = var.enable_endpoint ? 1 : 0
  name                      = "${var.name}-requests"
  autoscaling_group_name    = var.autoscaling_group_name
  policy_type               = "TargetTrackingScaling"
  estimated_instance_warmup = 240

  target_tracking_configuration {
    target_value = coalesce(var.size.requests_per_minute, max(1, ceil(var.throughput_rps * 60 / var.size.max_nodes * 0.7)))

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${module.load_balancer.arn_suffix}/${module.load_balancer.target_group_arn_suffix}"
    }
  }

  depends_on = [aws_autoscaling_attachment.this]
}

# What the code inside may do.
resource "aws_iam_role" "this" {
  name               = "${var.name}-serve-pod"
  assume_role_policy = var.pod_assume_policy
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.run.json
}

resource "aws_eks_pod_identity_association" "this" {
  cluster_name    = var.eks_cluster_name
  namespace       = local.namespace
  service_account = "default"
  role_arn        = aws_iam_role.this.arn
}

data "aws_iam_policy_document" "run" {
  source_policy_documents = var.policies
}
