resource "aws_s3vectors_vector_bucket" "this" {
  vector_bucket_name = "${var.name}-vectors"
  force_destroy      = !var.protect

  encryption_configuration = [{
    sse_type    = var.kms_key_arn == null ? "AES256" : "aws:kms"
    kms_key_arn = var.kms_key_arn
  }]
}

# Dimension, distance and these keys of an index cannot be changed: another embedding model is another index.
resource "aws_s3vectors_index" "this" {
  vector_bucket_name = aws_s3vectors_vector_bucket.this.vector_bucket_name
  index_name         = "passages-${var.dimensions}"
  data_type          = "float32"
  dimension          = var.dimensions
  distance_metric    = "cosine"

  # They come back with a passage and are never a filter. What can be a filter has 2 KB a vector, all of it 40 KB.
  metadata_configuration {
    non_filterable_metadata_keys = ["text", "title", "section", "source"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3vectors:GetIndex", "s3vectors:GetVectors", "s3vectors:ListVectors", "s3vectors:QueryVectors"]
    resources = [aws_s3vectors_index.this.index_arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

data "aws_iam_policy_document" "write" {
  source_policy_documents = [data.aws_iam_policy_document.read.json]

  statement {
    actions   = ["s3vectors:DeleteVectors", "s3vectors:PutVectors"]
    resources = [aws_s3vectors_index.this.index_arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
