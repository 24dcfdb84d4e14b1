# Left beside the environment, where .gitignore leaves it out.
data "archive_file" "this" {
  type        = "zip"
  source_dir  = var.source_dir
  output_path = "${path.root}/.terraform/packages/${var.name}.zip"
  excludes    = ["**/__pycache__/**"]
}

resource "aws_s3_object" "package" {
  bucket      = var.bucket
  key         = "packages/${var.name}/${data.archive_file.this.output_sha256}.zip"
  source      = data.archive_file.this.output_path
  source_hash = data.archive_file.this.output_sha256
}

resource "aws_s3_object" "requirements" {
  count       = var.requirements == null ? 0 : 1
  bucket      = var.bucket
  key         = "packages/${var.name}/${filesha256(var.requirements)}/requirements.txt"
  source      = var.requirements
  source_hash = filesha256(var.requirements)
}
