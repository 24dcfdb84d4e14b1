#!/usr/bin/env bash
# Brings one commit to one environment: ci/deploy.sh dev|staging|prod
# Images, then a plan that the log keeps, then exactly that plan, then a look whether the new version works. Images that worked
# in staging are marked, and prod takes over those.
# Needs what ci/images.sh needs. BUILD=yes lets prod build its images instead of taking over those of staging.
set -euo pipefail
target=$1
bash ci/images.sh "$target"
. ci/environment.sh
# Another run that holds the lock of the state, such as a rollback, is waited for.
terraform -chdir="$directory" plan -input=false -lock-timeout=30m -no-color -var "image_tag=$COMMIT" -out="$target.tfplan"
terraform -chdir="$directory" apply -input=false -lock-timeout=30m "$target.tfplan"
bash ci/smoke.sh "$target"
if [ "$target" = staging ]; then bash ci/tested.sh; fi
