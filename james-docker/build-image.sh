#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
#   build-image.sh NAME BASE_IMAGE      builds the image with whatever builder works here; `make image` calls it
#
#   BUILDER             docker, podman or buildah; without it the first that works
#   BUILD_OPTIONS       more options for it, for example --no-cache
#   SOURCE_DATE_EPOCH   the date of every file in the image and of the image itself    [946684800: the same for all versions]
#
# The same inputs give the same layers, bit by bit, with podman and buildah.
set -eu

name=$1
base=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")

fail() {
    echo "build-image.sh: $*" >&2
    exit 1
}

# A client without its daemon does not count.
works() {
    command -v "$1" >/dev/null 2>&1 && "$1" info >/dev/null 2>&1
}

builder=${BUILDER:-}
case $builder in
'')
    for candidate in docker podman buildah; do
        if works "$candidate"; then
            builder=$candidate
            break
        fi
    done
    [ -n "$builder" ] || fail "no builder works here (expected: docker with its daemon, podman or buildah; on Debian: apt-get install buildah)"
    ;;
docker | podman | buildah)
    works "$builder" || fail "BUILDER=$builder does not work here: see $builder info"
    ;;
*) fail "unsupported BUILDER \"$builder\" (expected: docker, podman or buildah)" ;;
esac

for file in "$here/server/target/tlsward-server.jar" "$root/cli/target/tlsward.jar"; do
    [ -e "$file" ] || fail "no $file (built by: make server)"
done

# Known before the build, or the reason would be one line among a hundred.
pullable() {
    case $builder in
    docker) docker image inspect "$base" >/dev/null 2>&1 || docker pull "$base" ;;
    podman) podman image exists "$base" || podman pull "$base" ;;
    buildah) buildah inspect --type image "$base" >/dev/null 2>&1 || buildah pull "$base" ;;
    esac
}
pullable >&2 || fail "cannot get the base image $base (above: why). Name one with a JRE, 17 or newer, that $builder can reach or has: BASE_IMAGE=..."

# The context holds only what goes into the image: no checkout, no run/, no keys.
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp -R "$here/server/target/lib" "$here/server/target/tlsward-server.jar" "$here/run.sh" "$here/health.sh" "$here/Dockerfile" \
    "$root/conf" "$root/cli/target/tlsward.jar" "$root/cli/tlsward" "$context/"

version=$(sed -n 's|^ *<version>\(.*\)</version>.*|\1|p' "$root/pom.xml" | head -1)
revision=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)
created=$(TZ=UTC git -C "$root" log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null || echo unknown)
label=org.opencontainers.image
epoch=${SOURCE_DATE_EPOCH:-946684800}
set -- --build-arg "BASE_IMAGE=$base" --build-arg "SOURCE_DATE_EPOCH=$epoch" \
    --label "$label.version=$version" --label "$label.revision=$revision" --label "$label.created=$created" \
    --label "$label.base.name=$base" -t "$name"

echo "Building $name from $base with $builder ..."
# shellcheck disable=SC2086 # BUILD_OPTIONS is a list
case $builder in
# chroot: also works inside a container; docker format: the OCI one has no HEALTHCHECK; layers: one for each COPY
buildah) buildah bud --isolation chroot --format docker --layers --timestamp "$epoch" ${BUILD_OPTIONS:-} "$@" "$context" ;;
podman) podman build --format docker --layers --timestamp "$epoch" ${BUILD_OPTIONS:-} "$@" "$context" ;;
docker) docker build ${BUILD_OPTIONS:-} "$@" "$context" ;;
esac
