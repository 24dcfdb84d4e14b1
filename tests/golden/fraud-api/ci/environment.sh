#!/usr/bin/env bash
# To be sourced with the environment as `target` and `COMMIT` set: finds its Terraform and opens its state.
# Needs TF_STATE_BUCKET and AWS credentials of that environment.
case "$target" in dev | staging | prod) ;; *) echo "no environment: $target" >&2 && exit 2 ;; esac
export AWS_REGION AWS_DEFAULT_REGION AWS_PAGER="" TF_IN_AUTOMATION=1
AWS_REGION=$(sed -n 's/^region: //p' "config/$target.yaml")
AWS_DEFAULT_REGION=$AWS_REGION
directory=$(sed -n 's/^terraform: //p' "config/$target.yaml")

terraform -chdir="$directory" init -input=false -backend-config="bucket=$TF_STATE_BUCKET"
