#!/usr/bin/env bash
# Shows what a change would do to one environment or several: ci/plan.sh dev staging prod
# Needs COMMIT and AWS credentials that may read, of the account that these environments are in.
set -euo pipefail
for target in "$@"; do
  . ci/environment.sh
  # Nothing is locked: a plan of a pull request must not hold up a deployment.
  terraform -chdir="$directory" plan -input=false -lock=false -no-color -var "image_tag=$COMMIT"
done
