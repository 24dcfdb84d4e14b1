#!/usr/bin/env bash
# Exchanges the identity token of a CI job for short-lived credentials: . ci/credentials.sh ROLE_ARN TOKEN [SECONDS]
# No access key is stored anywhere. To be sourced: it sets what the AWS SDKs read. The token may end before a deployment
# does, so it is exchanged once, for as long as the role allows, and not again in a shell below this one.
if [ -z "${AWS_SESSION_TOKEN:-}" ]; then
  session=$(aws sts assume-role-with-web-identity --role-arn "$1" --web-identity-token "$2" \
    --role-session-name "ci-$(printf %.12s "$COMMIT")" --duration-seconds "${3:-3600}" \
    --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text) || return 1
  AWS_ACCESS_KEY_ID=$(printf %s "$session" | cut -f 1)
  AWS_SECRET_ACCESS_KEY=$(printf %s "$session" | cut -f 2)
  AWS_SESSION_TOKEN=$(printf %s "$session" | cut -f 3)
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  unset session
fi
