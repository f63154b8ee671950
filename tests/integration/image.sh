#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the image with buildah, starts it, and sees that it refuses a medical recipient in cleartext.
#
#   tests/integration/image.sh      as root, after `make server`; needs buildah, and debootstrap unless BASE_IMAGE is set
#
#   BASE_IMAGE   an image with a JRE; without it one is made from Debian bookworm, which takes some minutes
#   MIRROR       the Debian mirror for that
#
# Without network of its own (--isolation chroot) the container takes ports 2525 and 8000 of this host's loopback interface.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
container=
runner=

# The JVM below a process: builders do not pass signals on.
jvm_of() {
    local child
    for child in $(pgrep -P "$1"); do
        if grep -q org.tlsward.server.TlsWardServer "/proc/$child/cmdline" && [ "$(cat "/proc/$child/comm")" = java ]; then
            echo "$child"
        else
            jvm_of "$child"
        fi
    done
}

clean() {
    if [ -n "$runner" ]; then
        kill $(jvm_of "$runner") 2>/dev/null || true
        wait "$runner" 2>/dev/null || true
    fi
    [ -z "$container" ] || buildah rm "$container" >/dev/null
    rm -rf "$work"
}
trap clean EXIT

fail() {
    echo "image.sh: $*" >&2
    [ ! -e "$work/log" ] || tail -30 "$work/log" >&2
    exit 1
}

debian_with_jre() {
    debootstrap --variant=minbase --include=openjdk-17-jre-headless,ca-certificates bookworm "$work/debian" \
        "${MIRROR:-http://deb.debian.org/debian}" >"$work/log" 2>&1
    rm -rf "$work"/debian/var/cache/apt/archives/*.deb "$work"/debian/var/lib/apt/lists/*
    local scratch
    scratch=$(buildah from scratch)
    buildah add -q "$scratch" "$work/debian" / >/dev/null
    buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$scratch"
    buildah commit -q "$scratch" localhost/tlsward-test-base >/dev/null
    buildah rm "$scratch" >/dev/null
    rm -rf "$work/debian"
}

in_container() {
    buildah run --isolation chroot --hostname localhost --env TLSWARD_BIND=127.0.0.1 "$container" -- "$@"
}

if [ -z "${BASE_IMAGE:-}" ]; then
    BASE_IMAGE=localhost/tlsward-test-base
    buildah inspect --type image "$BASE_IMAGE" >/dev/null 2>&1 || debian_with_jre
fi
for port in 2525 8000; do
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || fail "port $port is in use"
done

BUILDER=buildah "$root/james-docker/build-image.sh" localhost/tlsward-test "$BASE_IMAGE" >"$work/log" 2>&1 || fail "the build failed"
echo "image: $(buildah images --format '{{.Size}}' localhost/tlsward-test), of which the base: $(buildah images --format '{{.Size}}' "$BASE_IMAGE")"

container=$(buildah from localhost/tlsward-test)
[ "$(in_container id -u)" != 0 ] || fail "the image runs as root"
in_container tlsward config check --conf /opt/tlsward/conf >"$work/log" 2>&1 || fail "the command tlsward does not work"

started=$(date +%s)
in_container /opt/tlsward/run.sh >"$work/log" 2>&1 &
runner=$!
until grep -q 'TLS Ward is up' "$work/log"; do
    kill -0 "$runner" 2>/dev/null || fail "the server stopped"
    [ $(($(date +%s) - started)) -lt 180 ] || fail "the server is not up after three minutes"
    sleep 0.5
done
echo "up after $(($(date +%s) - started)) s"

exec 3<>/dev/tcp/127.0.0.1/2525
printf '%s\r\n' 'EHLO partner.example' 'MAIL FROM:<office@partner.example>' 'RCPT TO:<praxis@klinik.example>' \
    'RCPT TO:<info@klinik.example>' QUIT >&3
dialog=$(timeout 60 cat <&3)
exec 3>&-
grep -q '^530 5\.7\.0 ' <<<"$dialog" || fail "no 530 5.7.0 for the medical recipient: $dialog"
grep -q '^250 2\.1\.5 .*info@klinik.example' <<<"$dialog" || fail "no 250 for the general recipient: $dialog"

in_container java -Xmx32m -cp /opt/tlsward/tlsward-server.jar org.tlsward.server.HealthProbe http://127.0.0.1:8000/healthcheck \
    >"$work/health" || fail "unhealthy: $(cat "$work/health")"
grep -q '"componentName":"TLS Ward"' "$work/health" || fail "TLS Ward is not in the health check: $(cat "$work/health")"

kill "$(jvm_of "$runner")"
wait "$runner" || true
runner=
! (exec 3<>/dev/tcp/127.0.0.1/2525) 2>/dev/null || fail "the server is still there after SIGTERM"
grep -q 'JAMES server stopped' "$work/log" || fail "the server did not stop cleanly"
echo "the image works"
