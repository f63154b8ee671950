#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Mail through whole servers, ours and others, each in turn: `make bench`. Prints the table of tests/benchmarks/README.md.
#
#   tests/benchmarks/relay.sh [--rounds 5] [--seconds 8] [--only ours,postfix-reuse] ...     as root on Debian, after `make server`
#
# Postfix comes from Debian's package. Exim cannot be installed beside it: its package is unpacked below target/, and it runs in a mount
# namespace of its own. Nothing that is installed on the machine is changed but for the user Debian-exim and the empty folder /etc/exim4.
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD
module=tests/benchmarks/relay

[ "$(id -u)" = 0 ] || { echo "relay.sh: needs root (for Postfix, Exim and control groups)" >&2; exit 1; }
[ -e james-docker/server/target/tlsward-server.jar ] || { echo "relay.sh: no server (built by: make server)" >&2; exit 1; }

tests/install-packages.sh
if ! dpkg-query -W -f='${Status}' libidn12 2>/dev/null | grep -q 'install ok installed'; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends libidn12 >/dev/null
fi
exim=$module/target/exim
if [ ! -x "$exim/usr/sbin/exim4" ]; then
    mkdir -p "$exim/packages"
    (cd "$exim/packages" && apt-get download -qq exim4-daemon-light && dpkg -x exim4-daemon-light_*.deb ..)
fi
id Debian-exim >/dev/null 2>&1 || useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin Debian-exim

${MVN:-mvn} -q -Pbenchmarks -pl "$module" -am -Dmaven.test.skip=true package
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$module/target/classes" org.tlsward.benchmarks.relay.RelayBenchmark "$project" "$work/run" \
    --exim "$exim/usr/sbin/exim4" "$@"
