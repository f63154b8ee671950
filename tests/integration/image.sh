#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the image with buildah twice, starts it with a read-only root file system, and sends mail in and out; part of `make test`.
#
#   tests/integration/image.sh        as root on Debian, after the JARs are built; the packages: tests/install-packages.sh
#   tests/integration/image.sh base   makes the base alone, which needs no JARs: `make test` does that while Maven is at work
#
#   BASE_IMAGE   an image with a JRE and apt; without it one is made by debootstrap, and kept for the next time
#   MIRROR       the Debian mirror for that                                              [the one that apt is configured with]
#   KEEP         anything: logs and volumes stay for a look
#   SUITE        and its suite                                                                                      [bookworm]
#   STORE        where buildah keeps what this test builds; only the base outlives it         [/var/cache/tlsward-image-test]
#
# No base comes from a registry. Everything runs in a network namespace of its own that has no way out, so no port of this machine is needed,
# and no mail can leave it. The addresses are those of james-docker/docker-compose.yml.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/integration/image
work=$(mktemp -d /var/tmp/tlsward-image.XXXXXX)
store=${STORE:-/var/cache/tlsward-image-test}
log=$work/log
netns=tlsward-image-$$
began=$(date +%s)
runners=()

# shellcheck source=tests/integration/image/containers.sh
. "$here/containers.sh"
# shellcheck source=tests/integration/image/base.sh
. "$here/base.sh"

clean() {
    local status=$?
    stop_all
    remove_containers
    ip netns del "$netns" 2>/dev/null || true
    if mountpoint -q "$work/debian"; then
        umount "$work/debian" || true
    fi
    if [ -n "${KEEP:-}" ]; then
        echo "image.sh: kept $work" >&2
    else
        rm -rf "$work"
    fi
    exit "$status"
}
trap clean EXIT
trap 'exit 130' INT TERM

fail() {
    echo "image.sh: $*" >&2
    if [ -e "$log" ]; then
        echo "--- the end of what ran last:" >&2
        tail -40 "$log" >&2
    fi
    exit 1
}

step() {
    printf 'image [%4d s] %s\n' $(($(date +%s) - began)) "$*"
}

for command in buildah debootstrap swaks openssl python3 ip setpriv mountpoint; do
    command -v "$command" >/dev/null || fail "there is no $command here (tests/install-packages.sh installs it)"
done
[ "$(id -u)" = 0 ] || fail "this has to run as root"
make_netns

### Base and images

step "the base"
base=${BASE_IMAGE:-$(base_image)} || fail "no base"
peers=$(peers_image "$base") || fail "no base for the partners"
if [ "${1:-}" = base ]; then
    step "the bases are there"
    exit
fi

build() { # name, more options
    BUILDER=buildah BUILD_OPTIONS="${2:-}" "$root/james-docker/build-image.sh" "$1" "$base" >"$log" 2>&1 || fail "the build failed"
}
step "the image"
build localhost/tlsward-test
step "the image again, from nothing"
build localhost/tlsward-test-again --no-cache
layers() {
    buildah inspect --type image --format '{{range .OCIv1.RootFS.DiffIDs}}{{println .}}{{end}}' "$1"
}
layers localhost/tlsward-test >"$work/layers"
layers localhost/tlsward-test-again >"$work/layers-again"
cmp -s "$work/layers" "$work/layers-again" || fail "two builds of the same have different layers: $(diff "$work/layers" "$work/layers-again")"
[ "$(wc -l <"$work/layers")" -ge 5 ] || fail "the image has only $(wc -l <"$work/layers") layers: libraries would be fetched again with every version"
size() { # in MB
    du -sm --apparent-size "$(buildah mount "$1")" | cut -f1
}

step "the images of the demo: resolver and partners"
for image in partner unbound; do
    buildah bud --isolation chroot --format docker --build-arg "BASE_IMAGE=$peers" -t "localhost/tlsward-test-$image" \
        "$root/james-docker/$image" >"$log" 2>&1 || fail "the build of $image failed"
done
python3 "$here/compose.py" "$root/james-docker/docker-compose.yml" || fail "docker-compose.yml is wrong"

server=$(new_container localhost/tlsward-test)
user=$(buildah inspect --format '{{.OCIv1.Config.User}}' "$server")
case $user in
[1-9]*:[1-9]*) ;;
*) fail "the image runs as root (USER \"$user\", expected: numbers other than 0, UID:GID)" ;;
esac
empty=$(buildah from "$base")
step "size: $(size "$server") MB, of which the base $(size "$empty") MB; $(wc -l <"$work/layers") layers"
buildah rm "$empty" >/dev/null

### The parts

for part in ${PARTS:-first-start half-filled inbound outbound}; do
    # shellcheck source=/dev/null
    . "$here/$part.sh"
done
step "done: the image works"
