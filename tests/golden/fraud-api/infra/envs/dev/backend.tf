# The bucket comes from bootstrap: terraform init -backend-config="bucket=$TF_STATE_BUCKET"
terraform {
  backend "s3" {
    key          = "dev/terraform.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}
