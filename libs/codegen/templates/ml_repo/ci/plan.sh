#!/usr/bin/env bash
# Shows what a change would do to one environment: ci/plan.sh dev|staging|prod
# Needs TF_STATE_BUCKET, COMMIT and AWS credentials that may read.
set -euo pipefail
config="config/$1.yaml"
export AWS_REGION AWS_DEFAULT_REGION TF_IN_AUTOMATION=1
AWS_REGION=$(sed -n 's/^region: //p' "$config")
AWS_DEFAULT_REGION=$AWS_REGION
directory=$(sed -n 's/^terraform: //p' "$config")
terraform -chdir="$directory" init -input=false -backend-config="bucket=$TF_STATE_BUCKET"
# Nothing is locked: a plan of a pull request must not hold up a deployment.
terraform -chdir="$directory" plan -input=false -lock=false -no-color -var "image_tag=$COMMIT"
