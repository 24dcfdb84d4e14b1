#!/usr/bin/env bash
# Shows what a change would do to one environment: ci/plan.sh dev|staging|prod
# Needs TF_STATE_BUCKET, COMMIT and AWS credentials that may read.
set -euo pipefail
target=$1
. ci/environment.sh
# Nothing is locked: a plan of a pull request must not hold up a deployment.
terraform -chdir="$directory" plan -input=false -lock=false -no-color -var "image_tag=$COMMIT"
