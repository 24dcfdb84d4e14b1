resource "aws_sagemaker_model_package_group" "this" {
  model_package_group_name        = var.name
  model_package_group_description = "Versions of the model of ${var.name}"
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"]
    resources = [aws_sagemaker_model_package_group.this.arn]
  }

  statement {
    actions = [
      "sagemaker:CreateModelPackage",
      "sagemaker:DescribeModelPackage",
      "sagemaker:UpdateModelPackage",
    ]
    resources = [
      aws_sagemaker_model_package_group.this.arn,
      "${replace(aws_sagemaker_model_package_group.this.arn, ":model-package-group/", ":model-package/")}/*",
    ]
  }
}
