# The bucket is bootstrap's, and ends with the number of its account: terraform init -backend-config="bucket=fraud-api-tfstate-ACCOUNT"
terraform {
  backend "s3" {
    key          = "staging/terraform.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }
}
