#!/usr/bin/env bash
# To be sourced with the environment as `target` and `COMMIT` set: finds its Terraform and opens its state.
# Needs AWS credentials of that environment. The bucket of the state is the one that bootstrap made in their account, whose number
# it has in its name; TF_STATE_BUCKET names another.
case "$target" in dev | staging | prod) ;; *) echo "no environment: $target" >&2 && exit 2 ;; esac
export AWS_REGION AWS_DEFAULT_REGION AWS_PAGER="" TF_IN_AUTOMATION=1
AWS_REGION=$(sed -n 's/^region: //p' "config/$target.yaml")
AWS_DEFAULT_REGION=$AWS_REGION
directory=$(sed -n 's/^terraform: //p' "config/$target.yaml")

if [ -z "${TF_STATE_BUCKET:-}" ]; then
  account=$(aws sts get-caller-identity --query Account --output text)
  export TF_STATE_BUCKET="fraud-api-tfstate-$account"
fi
terraform -chdir="$directory" init -input=false -backend-config="bucket=$TF_STATE_BUCKET"
