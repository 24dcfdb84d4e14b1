locals {
  train_image = "${module.images.urls["train"]}:${var.image_tag}"

  # Where everything is; containers read it from their environment.
  environment_variables = merge(
    module.store.environment,
    module.features.environment,
    module.registry.environment,
    {
      PROJECT       = local.project
      ENVIRONMENT   = local.environment
      LANDING_URI   = "s3://${module.ingest.bucket.id}/"
      ARTIFACTS_URI = "s3://${module.artifacts.id}/"
      MODEL_URI     = "s3://${module.artifacts.id}/models/${local.model_version}/"
    },
  )

  # What each kind of work may touch.
  process_policies = [
    module.ingest.bucket.read_policy,
    module.artifacts.write_policy,
    module.store.access_policy,
    module.features.write_policy,
  ]

  train_policies = [
    module.artifacts.write_policy,
    module.store.access_policy,
    module.features.read_policy,
    module.registry.access_policy,
  ]

  serve_policies = [
    module.artifacts.read_policy,
    module.features.read_policy,
  ]

  # What runs in which order, and when. pipelines/*.yaml says the same to people; tests/unit/test_design.py compares.
  pipelines = {
    retrain = {
      schedule = "cron(0 3 ? * MON *)"
      steps = [
        { name = "process", job = module.process.job },
        { name = "train", job = module.train.job },
      ]
    }
  }
}

# Versions with their figures, without a server.
module "registry" {
  source = "../../modules/sagemaker_registry"
  name   = local.name
}

# Instances that live as long as the training.
module "train" {
  source = "../../modules/sagemaker_training"
  name   = local.name
  size   = local.sizes.train

  image             = local.train_image
  command           = ["train"]
  environment       = local.environment_variables
  policies          = local.train_policies
  output_uri        = "s3://${module.artifacts.id}/training/"
  subnet_ids        = module.network.private_subnet_ids
  security_group_id = module.network.workload_security_group_id
  kms_key_arn       = module.security.key_arns["artifacts"]
}

# Containers that scale with the load behind a private load balancer.
module "serve" {
  source = "../../modules/ecs_fargate_service"
  name   = local.name
  size   = local.sizes.serve

  enable_endpoint            = var.enable_endpoint
  image                      = "${module.images.urls["serve"]}:${var.image_tag}"
  environment                = local.environment_variables
  policies                   = local.serve_policies
  latency_ms_p95             = 100
  availability_pct           = 99.9
  subnet_ids                 = module.network.private_subnet_ids
  workload_security_group_id = module.network.workload_security_group_id
  alarm_topic_arn            = module.alerts.topic_arn
  cluster_arn                = module.cluster.arn
  cluster_name               = module.cluster.name
  certificate_arn            = var.certificate_arn
  client_cidrs               = concat([module.network.cidr_block], var.client_cidrs)
  vpc_id                     = module.network.vpc_id
  log_bucket                 = module.logs.id
  log_key_arn                = module.security.log_key_arn
  log_retention_days         = local.log_retention_days
  protect                    = local.protect
}

# Each step, its retries and its failure are visible.
module "orchestrate" {
  source           = "../../modules/step_functions"
  name             = local.name
  pipelines        = local.pipelines
  enable_schedules = var.enable_schedules
  alarm_topic_arn  = module.alerts.topic_arn

  log_key_arn        = module.security.log_key_arn
  log_retention_days = local.log_retention_days
}

# Logs, metrics and alarms where the services already write.
module "observe" {
  source = "../../modules/cloudwatch"
  name   = local.name

  widgets = concat(module.serve.widgets, module.orchestrate.widgets, module.drift_alarm.widgets)
}

# What has become the current version, and when; the listing needs no right to read it.
data "aws_s3_objects" "promoted" {
  bucket   = module.artifacts.id
  prefix   = "models/promoted/"
  max_keys = 100000
}

locals {
  # A deployment names the version that is current now: copies of the service that start later have the same one.
  promoted      = try(reverse(data.aws_s3_objects.promoted.keys)[0], "")
  newest        = try("versions/${regex("/promoted/[0-9TZ]+-(.+)$", local.promoted)[0]}", "current")
  model_version = var.model_version == "current" ? local.newest : var.model_version
}
