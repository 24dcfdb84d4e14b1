resource "aws_batch_job_queue" "this" {
  name     = var.name
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.this.arn
  }
}

resource "aws_batch_job_definition" "this" {
  name = var.name
  type = "container"

  eks_properties {
    pod_properties {
      host_network         = false
      dns_policy           = "ClusterFirst"
      service_account_name = "default"

      containers {
        name  = "job"
        image = var.image
        args  = var.command

        dynamic "env" {
          for_each = local.environment

          content {
            name  = env.key
            value = env.value
          }
        }

        resources {
          limits   = { cpu = tostring(data.aws_ec2_instance_type.node.default_vcpus), memory = local.memory }
          requests = { cpu = tostring(local.cpu), memory = local.memory }
        }

        security_context {
          allow_privilege_escalation = false
          privileged                 = false
          read_only_root_file_system = true
        }

        volume_mounts {
          name       = "work"
          mount_path = "/tmp"
        }
      }

      volumes {
        name = "work"

        empty_dir {
          size_limit = "${floor(var.volume_gb * 0.6)}Gi"
        }
      }

      metadata {
        labels = { app = var.name }
      }
    }
  }

  timeout {
    attempt_duration_seconds = local.timeout_seconds
  }

  # A node that is taken away is not a failure of the job: it starts again.
  retry_strategy {
    attempts = 3

    evaluate_on_exit {
      action           = "RETRY"
      on_status_reason = "Host EC2*"
    }

    evaluate_on_exit {
      action    = "EXIT"
      on_reason = "*"
    }
  }
}
