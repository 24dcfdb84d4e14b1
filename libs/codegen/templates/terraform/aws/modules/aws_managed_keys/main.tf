# S3, DynamoDB, RDS and ECR encrypt with the account's aws/… keys when no key is named: nothing to create.
locals {
  key_arn = null
}
