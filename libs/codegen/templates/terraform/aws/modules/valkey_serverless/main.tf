resource "aws_elasticache_serverless_cache" "this" {
  name                     = var.name
  description              = "Online features of ${var.name}"
  engine                   = "valkey"
  major_engine_version     = "8"
  subnet_ids               = slice(var.subnet_ids, 0, min(3, length(var.subnet_ids)))
  security_group_ids       = [aws_security_group.this.id]
  user_group_id            = aws_elasticache_user_group.this.user_group_id
  kms_key_id               = var.kms_key_arn
  snapshot_retention_limit = 7
  daily_snapshot_time      = "03:00"

  cache_usage_limits {
    data_storage {
      maximum = max(1, var.size.max_gb)
      unit    = "GB"
    }

    # A job loads every entity beside the requests: some millions within minutes.
    ecpu_per_second {
      maximum = max(15000, var.size.max_ecpu_second)
    }
  }
}

# Destroying the cache would destroy the guard first, which Terraform refuses.
resource "terraform_data" "guard" {
  count = var.protect ? 1 : 0
  input = aws_elasticache_serverless_cache.this.arn

  lifecycle {
    prevent_destroy = true
  }
}

# A serverless cache is used through the client of a cluster, which asks where the slots are before anything else; no category
# that it needs holds that command. `-@all` is what the service adds by itself: without it every plan would show a change.
resource "aws_elasticache_user" "service" {
  user_id       = var.name
  user_name     = var.name
  engine        = "valkey"
  access_string = "on ~features:* -@all +@read +@write +@connection +cluster|slots"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = var.name
  engine        = "valkey"
  user_ids      = [aws_elasticache_user.service.user_id]
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-valkey-"
  description = "Valkey of ${var.name}"
  vpc_id      = var.vpc_id

  lifecycle {
    create_before_destroy = true
  }
}

# 6379 for everything, 6380 for reads from the nearest zone.
resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id            = aws_security_group.this.id
  description                  = "Valkey from tasks and functions"
  referenced_security_group_id = var.workload_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6380
}

data "aws_iam_policy_document" "connect" {
  statement {
    actions = ["elasticache:Connect"]
    resources = [
      aws_elasticache_serverless_cache.this.arn,
      aws_elasticache_user.service.arn,
    ]
  }
}
