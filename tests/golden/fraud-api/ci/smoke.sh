#!/usr/bin/env bash
# Looks whether what was deployed works: ci/smoke.sh dev|staging|prod
# Needs TF_STATE_BUCKET, COMMIT and AWS credentials of that environment.
set -euo pipefail
target=$1
. ci/environment.sh
name=fraud-api-$target
service=$(terraform -chdir="$directory" output -json service | jq -r '. // empty')
if [ -z "$service" ]; then
  echo "the endpoint of $target is not enabled yet: docs/runbooks/deploy.md"
  exit 0
fi

# The rollout ends well with this commit's image; a rollout that fails is taken back by ECS and would end with the old one.
cluster=$(terraform -chdir="$directory" output -raw cluster)
aws ecs wait services-stable --cluster "$cluster" --services "$service"
definition=$(aws ecs describe-services --cluster "$cluster" --services "$service" --output text \
  --query "services[0].deployments[?status=='PRIMARY'].taskDefinition")
images=$(aws ecs describe-task-definition --task-definition "$definition" \
  --query 'taskDefinition.containerDefinitions[].image' --output text)
case "$images" in *":$COMMIT"*) ;; *) echo "$service went back to $images" >&2 && exit 1 ;; esac

# Every pipeline can be found by its name.
bash pipelines/control.sh status retrain "$target"

# What the service itself says about its errors and its copies, once its new version has been asked for some minutes.
sleep "${SMOKE_SECONDS:-180}"
loud=$(aws cloudwatch describe-alarms --alarm-names "$name-errors" "$name-healthy-tasks" "$name-serve-errors" \
  "$name-serve-tasks" --state-value ALARM --query 'MetricAlarms[].AlarmName' --output text)
if [ -n "$loud" ]; then
  echo "alarms: $loud; back with ci/rollback.sh" >&2
  exit 1
fi
