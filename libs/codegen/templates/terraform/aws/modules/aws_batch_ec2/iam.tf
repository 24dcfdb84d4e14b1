data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

# Starts the container: pulls the image, opens the log stream.
resource "aws_iam_role" "execution" {
  name               = "${var.name}-exec"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# What the code inside may do.
resource "aws_iam_role" "task" {
  name               = "${var.name}-task"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "task" {
  role   = aws_iam_role.task.id
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
  source_policy_documents = var.policies
}

data "aws_iam_policy_document" "start" {
  #checkov:skip=CKV_AWS_356:DescribeJobs and TerminateJob know no resource before the job exists.
  #checkov:skip=CKV_AWS_111:As above; SubmitJob is held to this queue and definition.
  statement {
    actions = ["batch:SubmitJob"]
    resources = [
      aws_batch_job_queue.this.arn,
      aws_batch_job_definition.this.arn_prefix,
      "${aws_batch_job_definition.this.arn_prefix}:*",
    ]
  }

  statement {
    actions   = ["batch:DescribeJobs", "batch:TerminateJob"]
    resources = ["*"]
  }
}
