#!/usr/bin/env bash
# Brings the images of one commit to the registries of an environment: ci/images.sh dev|staging|prod [PLATFORM]
# PLATFORM, such as linux/arm64, makes only the images of that kind of processor.
# A tag is never overwritten: a second run of the same commit keeps the images of the first.
# Needs COMMIT, docker, and AWS credentials of that environment's deploy role. Lambda and SageMaker take
# plain images, hence none of the attestations that docker adds. SageMaker takes manifests of Docker alone, not those of OCI.
set -euo pipefail
target=$1
only=${2:-}
. ci/environment.sh
export BUILDX_NO_DEFAULT_ATTESTATIONS=1 DOCKER_BUILDKIT=1

# Images need their repositories before anything can run from them.
terraform -chdir="$directory" apply -input=false -lock-timeout=30m -auto-approve -var "image_tag=$COMMIT" \
  -target=module.images
repositories=$(terraform -chdir="$directory" output -json image_repositories)

enter() {
  aws ecr get-login-password --region "$(cut -d . -f 4 <<<"$1")" | docker login --username AWS --password-stdin "${1%%/*}"
}

there() {
  docker manifest inspect "$1" >/dev/null 2>&1
}

# The image that staging has tested, by its mark: tested IMAGE
tested() {
  local from="$registry/fraud-api-staging/$1:tested-$COMMIT"
  if ! there "$from"; then
    echo "staging has not tested $1 of $COMMIT: there is no $from" >&2
    exit 1
  fi
  echo "$from"
}

# bring IMAGE PLATFORM DESTINATION, from the Dockerfile or from where staging has it
bring() {
  if there "$3"; then return; fi
  if [ "$target" = prod ] && [ "${BUILD:-}" != yes ]; then
    # What staging tested is taken over, not built again.
    from=$(tested "$1")
    docker pull --platform "$2" "$from"
    docker tag "$from" "$3"
    docker push "$3"
  else
    docker buildx build --platform "$2" --file "docker/$1.Dockerfile" \
      --output "type=image,name=$3,push=true,oci-mediatypes=false" .
  fi
}

registry=$(jq -r '[.[]][0] | split("/")[0]' <<<"$repositories")
enter "$registry"
while read -r image platform; do
  if [ -n "$only" ] && [ "$only" != "$platform" ]; then continue; fi
  bring "$image" "$platform" "$(jq -r --arg image "$image" '.[$image]' <<<"$repositories"):$COMMIT" </dev/null
done <<'IMAGES'
serve linux/amd64
train linux/amd64
IMAGES
