# Starts the containers: pulls the images, opens the log streams, reads the passwords.
resource "aws_iam_role" "execution" {
  name               = "${local.full_name}-exec"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "execution" {
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

data "aws_iam_policy_document" "execution" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this.arn]
  }

  dynamic "statement" {
    for_each = var.secret_key_arn == null ? [] : [var.secret_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

# The controller starts and stops agents; it deploys nothing itself.
resource "aws_iam_role" "controller" {
  name               = local.full_name
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "controller" {
  role   = aws_iam_role.controller.id
  policy = data.aws_iam_policy_document.controller.json
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

data "aws_iam_policy_document" "controller" {
  #checkov:skip=CKV_AWS_356:Describing task definitions and listing clusters know no resources.
  statement {
    actions   = ["ecs:DescribeTaskDefinition", "ecs:ListClusters"]
    resources = ["*"]
  }

  statement {
    actions   = ["ecs:RunTask"]
    resources = [for definition in aws_ecs_task_definition.agent : "${definition.arn_without_revision}:*"]
  }

  statement {
    actions   = ["ecs:DescribeTasks", "ecs:StopTask"]
    resources = [local.task_arns]
  }

  # The plug-in starts every agent with tags.
  statement {
    actions   = ["ecs:TagResource"]
    resources = [local.task_arns]

    condition {
      test     = "StringEquals"
      variable = "ecs:CreateAction"
      values   = ["RunTask"]
    }
  }

  statement {
    actions   = ["iam:PassRole"]
    resources = concat([aws_iam_role.execution.arn], values(local.role_arns))

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}
