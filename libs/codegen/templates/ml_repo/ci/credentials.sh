#!/usr/bin/env bash
# Exchanges the identity token of a CI job for short-lived credentials: . ci/credentials.sh ROLE_ARN TOKEN
# No access key is stored anywhere. To be sourced: it sets what the AWS SDKs read.
AWS_WEB_IDENTITY_TOKEN_FILE=$(mktemp)
printf '%s' "$2" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
AWS_ROLE_ARN=$1
AWS_ROLE_SESSION_NAME="ci-${COMMIT:0:12}"
export AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN AWS_ROLE_SESSION_NAME
