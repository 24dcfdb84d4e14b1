resource "aws_service_discovery_private_dns_namespace" "this" {
  name        = local.domain
  description = "Names of services inside ${var.name}"
  vpc         = var.vpc_id
}

resource "aws_service_discovery_service" "this" {
  name = "mlflow"

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.this.id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-mlflow-"
  description = "MLflow of ${var.name} and its file system"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each                     = { mlflow = local.port, nfs = 2049 }
  security_group_id            = aws_security_group.this.id
  description                  = "${each.key} from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}
