data "aws_region" "current" {}

locals {
  # Fargate has certain sizes only: the largest that divides the plan, as often as it takes.
  task_vcpu = max([for vcpu in [0.5, 1, 2, 4] : vcpu if var.vcpu % vcpu == 0]...)
  tasks     = var.vcpu / local.task_vcpu
  topic     = "events"

  sign_in = {
    "security.protocol"                  = "SASL_SSL"
    "sasl.mechanism"                     = "AWS_MSK_IAM"
    "sasl.jaas.config"                   = "software.amazon.msk.auth.iam.IAMLoginModule required;"
    "sasl.client.callback.handler.class" = "software.amazon.msk.auth.iam.IAMClientCallbackHandler"
  }

  worker = merge(
    {
      "bootstrap.servers"              = var.bootstrap_servers
      "plugin.path"                    = "/opt/connect"
      "key.converter"                  = "org.apache.kafka.connect.storage.StringConverter"
      "value.converter"                = "org.apache.kafka.connect.json.JsonConverter"
      "value.converter.schemas.enable" = "false"
      "offset.storage.file.filename"   = "/tmp/offsets"
    },
    merge([for role in ["", "admin.", "consumer.", "producer."] : { for key, value in local.sign_in : "${role}${key}" => value }]...),
  )

  sink = {
    "name"                                            = "landing"
    "connector.class"                                 = "io.confluent.connect.s3.S3SinkConnector"
    "tasks.max"                                       = tostring(max(1, floor(local.task_vcpu)))
    "topics"                                          = local.topic
    "s3.bucket.name"                                  = var.bucket
    "s3.region"                                       = data.aws_region.current.region
    "topics.dir"                                      = "events"
    "storage.class"                                   = "io.confluent.connect.s3.storage.S3Storage"
    "format.class"                                    = "io.confluent.connect.s3.format.json.JsonFormat"
    "flush.size"                                      = "50000"
    "rotate.schedule.interval.ms"                     = "300000"
    "partitioner.class"                               = "io.confluent.connect.storage.partitioner.TimeBasedPartitioner"
    "partition.duration.ms"                           = "86400000"
    "path.format"                                     = "'dt'=YYYY-MM-dd"
    "locale"                                          = "en-US"
    "timezone"                                        = "UTC"
    "errors.tolerance"                                = "all"
    "errors.deadletterqueue.topic.name"               = "${local.topic}-errors"
    "errors.deadletterqueue.topic.replication.factor" = tostring(var.copies)
  }

  properties = {
    for name, settings in { CLIENT = local.sign_in, WORKER = local.worker, SINK = local.sink } :
    name => join("\n", [for key, value in settings : "${key}=${value}"])
  }

  # The image is read-only: the settings come as variables and become files in the work volume.
  start = <<-SHELL
    set -eu
    for file in CLIENT WORKER SINK; do printenv "$file" > "/tmp/$file"; done
    /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config /tmp/CLIENT --create --if-not-exists \
      --topic "$TOPIC" --partitions "$PARTITIONS" --replication-factor "$COPIES" --config "retention.ms=$RETENTION_MS"
    exec /opt/kafka/bin/connect-standalone.sh /tmp/WORKER /tmp/SINK
  SHELL
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"
  desired_count   = var.enabled ? local.tasks : 0

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = [var.workload_security_group_id]
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  depends_on = [aws_iam_role_policy.task]
}
