#!/usr/bin/env bash
# Lets an environment run the images of an earlier commit again: ci/rollback.sh dev|staging|prod GOOD_COMMIT
# Nothing is built: the registry still has the last thirty. The infrastructure is that of the commit checked out.
# Needs TF_STATE_BUCKET and AWS credentials of that environment's deploy role.
set -euo pipefail
target=$1
export COMMIT=$2
. ci/environment.sh
for repository in $(terraform -chdir="$directory" output -json image_repositories | jq -r '.[]'); do
  name=${repository#*/}
  case "${name##*/}" in train | serve | spark) ;; *) continue ;; esac
  aws ecr describe-images --repository-name "$name" --image-ids "imageTag=$COMMIT" \
    --query 'imageDetails[0].imagePushedAt' --output text
done
# The model stays, unless terraform.tfvars names one: it is rolled back for itself.
deployed=$(terraform -chdir="$directory" output -json | jq -r '.model_version.value // "current"')
TF_VAR_model_version=$deployed terraform -chdir="$directory" apply -input=false -auto-approve -var "image_tag=$COMMIT"
bash ci/smoke.sh "$target"
