#!/usr/bin/env bash
# Compares the newest rows of production with the baseline of the model in use; fails when they differ by more than
# chance allows. Needs AWS credentials that may read the buckets of prod and its Terraform state.
set -euo pipefail
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=
name=fraud-api-prod
account=$(aws sts get-caller-identity --query Account --output text)
models="s3://$name-artifacts-$account/models"
# A version that was promoted answers only after the next deployment: the state says which one is in use.
state="s3://${TF_STATE_BUCKET:-fraud-api-tfstate-$account}/prod/terraform.tfstate"
version=$(aws s3 cp "$state" - | jq -er '.outputs.model_version.value | sub("^versions/"; "")')
if [ "$version" = current ]; then version=$(aws s3 cp "$models/current.json" - | jq -r .version); fi
aws s3 cp --recursive "$models/versions/$version" model
rows="$name-landing-$account/training/"
# The list comes in pages of a thousand; as JSON they are put together before the newest is looked for.
key=$(aws s3api list-objects-v2 --bucket "${rows%%/*}" --prefix "${rows#*/}" --output json \
  | jq -r '[.Contents[]? | select(.Size > 0)] | max_by(.LastModified).Key // empty')
if [ -z "$key" ]; then echo "there are no rows below s3://$rows yet" >&2 && exit 1; fi
aws s3 cp "s3://${rows%%/*}/$key" "rows-${key##*/}"
make --silent monitor MODEL=model INPUT="rows-${key##*/}" | tee report.json
jq -e '.alarm == false' report.json
