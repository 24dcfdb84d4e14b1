# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_ec2_instance_type" {
    defaults = { default_vcpus = 2, memory_size = 8192 }
  }
}

variables {
  name                      = "example-dev"
  size                      = { node_type = "m7i.large", min_nodes = 2, max_nodes = 4 }
  enable_endpoint           = true
  image                     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/serve:4f2a9c1"
  environment               = { PROJECT = "example" }
  policies                  = ["{}"]
  eks_cluster_name          = "example-dev"
  cluster_security_group_id = "sg-0123456789abcdef1"
  autoscaling_group_name    = "eks-base"
  pod_assume_policy         = "{}"
  apply_function            = "example-dev-eks-objects"
  certificate_arn           = "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000"
  client_cidrs              = ["10.10.0.0/16"]
  latency_ms_p95            = 100
  availability_pct          = 99.9
  throughput_rps            = 40
  vpc_id                    = "vpc-0123456789abcdef0"
  subnet_ids                = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  log_bucket                = "example-dev-logs"
  alarm_topic_arn           = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
  protect                   = false
}

run "first_step_applies_nothing" {
  command = plan

  variables {
    enable_endpoint = false
  }

  assert {
    condition     = length(aws_lambda_invocation.objects) == 0 && length(aws_autoscaling_policy.requests) == 0
    error_message = "Nothing runs and nothing scales before an image exists."
  }
}

# 1930m can be had on such a node; its agents ask for 450m, the add-ons of the cluster for 500m at most.
run "a_copy_finds_room_on_the_smallest_node" {
  command = plan

  assert {
    condition = alltrue([
      for container in jsondecode(aws_lambda_invocation.objects[0].input).manifests[1].spec.template.spec.containers :
      container.resources.requests.cpu == "680m" && container.resources.requests.memory == "6144Mi"
    ])
    error_message = "The copy asks for what agents and add-ons leave of the node."
  }

  assert {
    condition = alltrue([
      for container in jsondecode(aws_lambda_invocation.objects[0].input).manifests[1].spec.template.spec.containers :
      keys(container.resources.limits) == ["memory"]
    ])
    error_message = "The copy may use the processors that nobody else uses."
  }
}

run "a_node_answers_while_its_copy_is_exchanged" {
  command = plan

  assert {
    condition     = jsondecode(aws_lambda_invocation.objects[0].input).manifests[2].spec.externalTrafficPolicy == "Cluster"
    error_message = "Nodes pass requests to ready copies on others."
  }
}

run "with_prometheus_a_collector_stands_beside_each_copy" {
  command = plan

  variables {
    prometheus = {
      remote_write_url = "https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0123/api/v1/remote_write"
      collector_image  = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/collector:v0.43.0"
      signing_region   = "us-east-1"
    }
  }

  assert {
    condition = [
      for container in jsondecode(aws_lambda_invocation.objects[0].input).manifests[1].spec.template.spec.containers :
      "${container.name} ${container.resources.requests.cpu} ${container.resources.requests.memory}"
    ] == ["serve 580m 5888Mi", "collector 100m 256Mi"]
    error_message = "Both find room on the smallest node."
  }
}

run "nodes_follow_the_peak" {
  command = plan

  assert {
    condition     = one(aws_autoscaling_policy.requests[0].target_tracking_configuration).target_value == 420
    error_message = "40 requests a second spread over 4 nodes, with 30 % to spare."
  }
}

run "nodes_are_added_before_the_places_of_a_copy_are_taken" {
  command = plan

  variables {
    size = { node_type = "m7i.large", min_nodes = 2, max_nodes = 4, requests_per_minute = 512 }
  }

  assert {
    condition     = one(aws_autoscaling_policy.requests[0].target_tracking_configuration).target_value == 512
    error_message = "Questions that wait for a language model are planned by the copy."
  }
}
