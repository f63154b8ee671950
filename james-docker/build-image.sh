#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
#   build-image.sh NAME BASE_IMAGE      builds the image with whatever builder works here; `make image` calls it
#
#   BUILDER   docker, podman or buildah; without it the first that works
set -eu

name=$1
base=$2
here=$(cd "$(dirname "$0")" && pwd)
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

builder=${BUILDER:-}
if [ -z "$builder" ]; then
    for candidate in docker podman buildah; do
        # A client without its daemon does not count.
        if command -v "$candidate" >/dev/null 2>&1 && "$candidate" info >/dev/null 2>&1; then
            builder=$candidate
            break
        fi
    done
fi
if [ -z "$builder" ]; then
    echo "build-image.sh: no builder works here (expected: docker with its daemon, podman or buildah)" >&2
    exit 1
fi

# The context holds only what goes into the image: no checkout, no run/, no keys.
cp -R "$here/server/target/lib" "$here/server/target/tlsward-server.jar" "$here/run.sh" "$here/Dockerfile" "$here/../conf" \
    "$here/../cli/target/tlsward.jar" "$here/../cli/tlsward" "$context/"

echo "Building $name from $base with $builder ..."
case $builder in
# chroot: also works inside a container; docker format: the OCI one has no HEALTHCHECK
buildah) buildah bud --isolation chroot --format docker --build-arg "BASE_IMAGE=$base" -t "$name" "$context" ;;
podman) podman build --format docker --build-arg "BASE_IMAGE=$base" -t "$name" "$context" ;;
*) "$builder" build --build-arg "BASE_IMAGE=$base" -t "$name" "$context" ;;
esac
