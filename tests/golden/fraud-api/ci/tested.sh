#!/usr/bin/env bash
# Marks the images of one commit as tested, when staging ran them without a fault; prod takes over images with this mark alone.
# The mark is a second tag of the same image, which is never overwritten either and does not count as another image.
# Needs COMMIT and AWS credentials of staging's deploy role.
set -euo pipefail
export AWS_PAGER=""
for image in serve train; do
  at=(--region us-east-1 --repository-name "fraud-api-staging/$image")
  if aws ecr describe-images "${at[@]}" --image-ids "imageTag=tested-$COMMIT" >/dev/null 2>&1; then continue; fi
  found=$(aws ecr batch-get-image "${at[@]}" --image-ids "imageTag=$COMMIT" --output json)
  aws ecr put-image "${at[@]}" --image-tag "tested-$COMMIT" --query image.imageId --output text \
    --image-manifest "$(jq -er '.images[0].imageManifest' <<<"$found")" \
    --image-manifest-media-type "$(jq -er '.images[0].imageManifestMediaType' <<<"$found")"
done
