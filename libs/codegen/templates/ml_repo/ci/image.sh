#!/usr/bin/env bash
# Makes an image of context.tar.gz in a task of its own and waits for it: ci/image.sh TARGET PLATFORM DOCKERFILE DESTINATION
# Needs TF_STATE_BUCKET, COMMIT, the `build_variables` of prod, which Jenkins has, and AWS credentials of the target.
set -euo pipefail
context="s3://$TF_STATE_BUCKET/ci/$1-$COMMIT.tar.gz"
aws s3 cp --only-show-errors context.tar.gz "$context"
trap 'aws s3 rm --only-show-errors "$context"' EXIT

# The task runs under the role of the target, so that it pushes there and nowhere else.
overrides=$(jq --null-input --arg role "$BUILD_ROLES$1" --arg context "$context" --arg dockerfile "$3" --arg to "$4" '{
  taskRoleArn: $role,
  containerOverrides: [{
    name: "builder",
    command: ["--force", "--context", $context, "--dockerfile", $dockerfile, "--destination", $to]
  }]
}')
task=$(aws ecs run-task --cluster "$BUILD_CLUSTER" --task-definition "$BUILD_TASK-${2#linux/}" --launch-type FARGATE \
  --network-configuration "$BUILD_NETWORK" --overrides "$overrides" --query 'tasks[0].taskArn' --output text)
# The waiter gives up after ten minutes; six of them are more than a build should take.
for _ in 1 2 3 4 5 6; do
  if aws ecs wait tasks-stopped --cluster "$BUILD_CLUSTER" --tasks "$task"; then break; fi
done
code=$(aws ecs describe-tasks --cluster "$BUILD_CLUSTER" --tasks "$task" --query 'tasks[0].containers[0].exitCode' --output text)
if [ "$code" != 0 ]; then
  echo "$4 was not built: see the log of $task" >&2
  exit 1
fi
