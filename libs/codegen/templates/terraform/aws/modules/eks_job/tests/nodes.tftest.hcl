# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_default_tags" {
    defaults = { tags = { environment-id = "example-dev" } }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_ec2_instance_type" {
    defaults = { default_vcpus = 16, memory_size = 65536 }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  name                       = "example-dev-train"
  size                       = { node_type = "m6i.4xlarge", hours_per_run = 1.5 }
  namespace                  = "train"
  image                      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/example-dev/train:4f2a9c1"
  command                    = ["train"]
  environment                = { PROJECT = "example" }
  policies                   = ["{}"]
  eks_cluster_name           = "example-dev"
  eks_cluster_arn            = "arn:aws:eks:us-east-1:123456789012:cluster/example-dev"
  cluster_security_group_id  = "sg-0123456789abcdef1"
  node_instance_profile_arn  = "arn:aws:iam::123456789012:instance-profile/example-dev-eks-node"
  pod_assume_policy          = "{}"
  apply_function             = "example-dev-eks-objects"
  subnet_ids                 = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  workload_security_group_id = "sg-0123456789abcdef0"
  kms_key_arn                = null
  customer_managed_keys      = false
}

run "a_job_has_a_node_and_leaves_room_for_its_agents" {
  command = plan

  assert {
    condition = alltrue([
      aws_batch_compute_environment.this.compute_resources[0].min_vcpus == 0,
      aws_batch_compute_environment.this.compute_resources[0].max_vcpus == 16,
      aws_batch_job_definition.this.eks_properties[0].pod_properties[0].containers[0].resources[0].requests.cpu == "15",
      aws_batch_job_definition.this.eks_properties[0].pod_properties[0].containers[0].resources[0].limits.cpu == "16",
      aws_batch_job_definition.this.eks_properties[0].pod_properties[0].containers[0].resources[0].requests.memory == "52428Mi",
      aws_batch_job_definition.this.eks_properties[0].pod_properties[0].containers[0].resources[0].limits.memory == "52428Mi",
    ])
    error_message = "Nodes come with the job, one at a time, and the pod asks for what their agents leave, in quarters of a processor."
  }

  assert {
    condition     = length(aws_kms_grant.this) == 0
    error_message = "Without a key of one's own nothing is granted."
  }
}

run "nodes_and_volumes_carry_what_the_budget_counts" {
  command = plan

  assert {
    condition = alltrue([
      aws_batch_compute_environment.this.compute_resources[0].tags["environment-id"] == "example-dev",
      aws_launch_template.this.tag_specifications[0].resource_type == "volume",
      aws_launch_template.this.tag_specifications[0].tags["environment-id"] == "example-dev",
    ])
    error_message = "Nodes and volumes carry the tags of the environment."
  }

  # AWS Batch refuses a definition of a pod that hands on tags.
  assert {
    condition     = aws_batch_job_definition.this.propagate_tags != true
    error_message = "A job on Kubernetes must not hand on its tags."
  }
}

run "it_is_stopped_after_three_times_the_plan" {
  command = plan

  assert {
    condition     = aws_batch_job_definition.this.timeout[0].attempt_duration_seconds == 16200
    error_message = "One and a half hours are stopped after four and a half."
  }
}

run "a_node_with_gpus_shows_them_to_the_pod" {
  command = plan

  variables {
    size = { node_type = "g5.xlarge", hours_per_run = 1 }
  }

  override_data {
    target = data.aws_ec2_instance_type.node
    values = { default_vcpus = 4, memory_size = 16384 }
  }

  assert {
    condition = alltrue([
      aws_batch_compute_environment.this.compute_resources[0].ec2_configuration[0].image_type == "EKS_AL2023_NVIDIA",
      contains([for variable in aws_batch_job_definition.this.eks_properties[0].pod_properties[0].containers[0].env : variable.name], "NVIDIA_VISIBLE_DEVICES"),
      aws_batch_job_definition.this.eks_properties[0].pod_properties[0].containers[0].resources[0].requests.cpu == "3",
    ])
    error_message = "The image has the drivers, and the pod asks for the devices and leaves room for their exporter."
  }
}
