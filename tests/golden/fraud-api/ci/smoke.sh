#!/usr/bin/env bash
# Looks whether what was deployed works: ci/smoke.sh dev|staging|prod
# Needs COMMIT and AWS credentials of that environment.
set -euo pipefail
target=$1
. ci/environment.sh
name=fraud-api-$target
# Asked for as a whole: one that is null is none of the state's, and asking for it by its name would be an error.
outputs=$(terraform -chdir="$directory" output -json)
service=$(jq -r '.service.value // empty' <<<"$outputs")
if [ -z "$service" ]; then
  echo "the endpoint of $target is not enabled yet: docs/runbooks/deploy.md"
  exit 0
fi

# The rollout ends well with this commit's image; a rollout that fails is taken back by ECS and would end with the old one.
settled() { # REGION CLUSTER SERVICE
  local definition images
  aws ecs wait services-stable --region "$1" --cluster "$2" --services "$3"
  definition=$(aws ecs describe-services --region "$1" --cluster "$2" --services "$3" --output text \
    --query "services[0].deployments[?status=='PRIMARY'].taskDefinition")
  images=$(aws ecs describe-task-definition --region "$1" --task-definition "$definition" \
    --query 'taskDefinition.containerDefinitions[].image' --output text)
  case "$images" in *":$COMMIT"*) ;; *) echo "$3 went back to $images" >&2 && exit 1 ;; esac
}

settled "$AWS_REGION" "$(jq -r .cluster.value <<<"$outputs")" "$service"

# Every pipeline can be found by its name.
bash pipelines/control.sh status retrain "$target"

# What the service itself says about its errors and its copies, once its new version has been asked for some minutes.
sleep "${SMOKE_SECONDS:-180}"
ringing() { # REGION NAME
  aws cloudwatch describe-alarms --region "$1" --alarm-names "$2-errors" "$2-healthy-tasks" \
    --state-value ALARM --query 'MetricAlarms[].AlarmName' --output text
}

loud=$(ringing "$AWS_REGION" "$name")
if [ -n "$loud" ]; then
  echo "alarms: $loud; back with ci/rollback.sh" >&2
  exit 1
fi
