terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      project             = local.project
      environment         = local.environment
      environment-id      = local.name
      data-classification = "restricted"
      owner               = var.owner
      managed-by          = "terraform"
    }
  }
}
