resource "aws_redshiftserverless_namespace" "this" {
  namespace_name        = var.name
  db_name               = "ml"
  admin_username        = "ml_admin"
  manage_admin_password = true
  kms_key_id            = var.kms_key_arn
  default_iam_role_arn  = aws_iam_role.copy.arn
  iam_roles             = [aws_iam_role.copy.arn]
  log_exports           = ["userlog", "connectionlog", "useractivitylog"]

  admin_password_secret_kms_key_id = var.secret_key_arn

  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_redshiftserverless_workgroup" "this" {
  namespace_name       = aws_redshiftserverless_namespace.this.namespace_name
  workgroup_name       = var.name
  base_capacity        = var.size.base_rpu
  max_capacity         = var.size.base_rpu * 4
  enhanced_vpc_routing = true
  publicly_accessible  = false
  subnet_ids           = var.subnet_ids
  security_group_ids   = [aws_security_group.this.id, var.workload_security_group_id]

  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }

  config_parameter {
    parameter_key   = "enable_user_activity_logging"
    parameter_value = "true"
  }
}

# Twice the plan is worth a look; queries go on.
resource "aws_redshiftserverless_usage_limit" "this" {
  resource_arn  = aws_redshiftserverless_workgroup.this.arn
  usage_type    = "serverless-compute"
  period        = "monthly"
  amount        = max(1, ceil(var.size.busy_hours * var.size.base_rpu * 2))
  breach_action = "emit-metric"
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-redshift-"
  description = "Redshift of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "Redshift from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5439
  to_port                      = 5439
}
