data "aws_partition" "current" {}

locals {
  # exec starts the container: pulls the image, opens the log stream; task is what the code inside may do.
  roles = toset(["exec", "task"])

  topics = [
    for topic in [local.topic, "${local.topic}-errors"] : "${replace(var.kafka_arn, ":cluster/", ":topic/")}/${topic}"
  ]
}

resource "aws_iam_role" "this" {
  for_each           = local.roles
  name               = "${var.name}-${each.value}"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.this["exec"].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "task" {
  role   = aws_iam_role.this["task"].id
  policy = data.aws_iam_policy_document.task.json
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "task" {
  source_policy_documents = [var.bucket_policy]

  # The sink uploads files in parts.
  statement {
    actions   = ["s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts"]
    resources = ["arn:${data.aws_partition.current.partition}:s3:::${var.bucket}", "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}/*"]
  }

  statement {
    actions   = ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"]
    resources = [var.kafka_arn]
  }

  statement {
    actions = [
      "kafka-cluster:AlterTopic",
      "kafka-cluster:AlterTopicDynamicConfiguration",
      "kafka-cluster:CreateTopic",
      "kafka-cluster:DescribeTopic",
      "kafka-cluster:DescribeTopicDynamicConfiguration",
      "kafka-cluster:ReadData",
      "kafka-cluster:WriteData",
    ]
    resources = local.topics
  }

  statement {
    actions   = ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"]
    resources = ["${replace(var.kafka_arn, ":cluster/", ":group/")}/connect-landing"]
  }
}

data "aws_iam_policy_document" "producer" {
  # Clients number what they send since Kafka 3.0, and the right to that is one of the cluster.
  statement {
    actions   = ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"]
    resources = [var.kafka_arn]
  }

  statement {
    actions   = ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"]
    resources = [local.topics[0]]
  }
}
