#!/usr/bin/env bash
# Compares the newest rows of production with the baseline of the model in use; fails when they differ by more than
# chance allows. Needs AWS credentials that may read the buckets of prod.
set -euo pipefail
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
name=fraud-api-prod
account=$(aws sts get-caller-identity --query Account --output text)
models="s3://$name-artifacts-$account/models"
version=$(aws s3 cp "$models/current.json" - | jq -r .version)
aws s3 cp --recursive "$models/versions/$version" model
key=$(aws s3api list-objects-v2 --bucket "$name-landing-$account" \
  --prefix training/ \
  --query 'sort_by(Contents, &LastModified)[-1].Key' --output text)
aws s3 cp "s3://$name-landing-$account/$key" "rows-${key##*/}"
make --silent monitor MODEL=model INPUT="rows-${key##*/}" | tee report.json
jq -e '.alarm == false' report.json
