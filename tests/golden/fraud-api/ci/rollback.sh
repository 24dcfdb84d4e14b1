#!/usr/bin/env bash
# Lets an environment run the images of an earlier commit again: ci/rollback.sh dev|staging|prod GOOD_COMMIT
# Nothing is built: the registry still has the last thirty. The infrastructure is that of the commit checked out.
# Needs AWS credentials of that environment's deploy role.
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
model() { terraform -chdir="$directory" output -json | jq -r '.model_version.value // "current"'; }
deployed=$(model)
# A deployment that is under way holds the lock of the state and is waited for, and may bring another model meanwhile.
while true; do
  TF_VAR_model_version=$deployed terraform -chdir="$directory" plan -input=false -lock-timeout=30m -no-color \
    -var "image_tag=$COMMIT" -out="$target.tfplan"
  now=$(model)
  if [ "$now" = "$deployed" ]; then break; fi
  deployed=$now
done
# Terraform refuses a plan that something else has overtaken since.
terraform -chdir="$directory" apply -input=false -lock-timeout=30m "$target.tfplan"
bash ci/smoke.sh "$target"
