#!/usr/bin/env bash
# Starts, watches and stops a pipeline in AWS: pipelines/control.sh start|status|stop|retry PIPELINE dev|staging|prod
# PIPELINE is retrain. Needs the AWS CLI 2 and credentials of that environment.
set -euo pipefail

usage() {
  sed -n 's/^# //; 2,3p' "$0" >&2
  exit 2
}

[ "$#" -eq 3 ] || usage
pipeline=$2
target=$3
case "$target" in dev | staging | prod) ;; *) usage ;; esac
case "$pipeline" in retrain) ;; *) usage ;; esac
name=fraud-api-$target
export AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=

account=$(aws sts get-caller-identity --query Account --output text)
machine="arn:aws:states:us-east-1:$account:stateMachine:$name-$pipeline"

executions() {
  aws stepfunctions list-executions --state-machine-arn "$machine" --status-filter "$1" --no-paginate \
    --max-results "$2" --query 'executions[].executionArn' --output text
}

start() {
  aws stepfunctions start-execution --state-machine-arn "$machine" --query executionArn --output text
}

status() {
  aws stepfunctions list-executions --state-machine-arn "$machine" --no-paginate --max-results 5 \
    --query 'executions[].[name, status, startDate, stopDate]' --output table
}

stop() {
  # The state machine stops the job that it waits for.
  for execution in $(executions RUNNING 100); do
    aws stepfunctions stop-execution --execution-arn "$execution" --cause "stopped by hand"
  done
}

retry() {
  # Goes on with the step that failed; what was done before it is not done again.
  execution=$(executions FAILED 1)
  if [ -z "$execution" ]; then
    echo "no run of $pipeline has failed" >&2
    exit 1
  fi
  aws stepfunctions redrive-execution --execution-arn "$execution"
}

case "$1" in start | status | stop | retry) "$1" ;; *) usage ;; esac
