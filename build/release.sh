#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds a release out of what is committed, in a copy, and puts it into target/release. `make release` calls it; CONTRIBUTING.md says how a
# release is cut.
#
#   VERSION   of the release                        [that of pom.xml]
#   DATE      of the version, as in 2027-01-15      [its heading in CHANGELOG.md, "## 1.0.0 - 2027-01-15"; without VERSION that of pom.xml]
#   MVN       the Maven to build with               [mvn]
set -euo pipefail
# JARs remember the permissions of what went in.
umask 022

root=$(cd "$(dirname "$0")/.." && pwd)
mvn=${MVN:-mvn}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$root/target/release

stop() {
    echo "release: $1" >&2
    exit 1
}

cd "$root"
git rev-parse --verify -q HEAD >/dev/null || stop "this is no clone (a release is what is committed)"
[ -z "$(git status --porcelain --untracked-files=no)" ] || echo "release: what is not committed is not in it" >&2
mkdir "$work/source"
# -m: no dates of the archive, so that two builds never agree by them.
git archive --format=tar HEAD | tar -x -m -f - -C "$work/source"
cd "$work/source"

between=$(sed -n 's#^  <version>\(.*\)</version>$#\1#p' pom.xml | head -n 1)
version=${VERSION:-$between}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[A-Za-z0-9.]+)?$ ]] || stop "unsupported version \"$version\" (expected: as in 1.0.0 or 1.0.0-rc1)"
date=${DATE:-}
if [ -n "${VERSION:-}" ] && [ -z "$date" ]; then
    date=$(sed -n "s/^## ${version//./\\.} - \([0-9-]*\)$/\1/p" CHANGELOG.md)
    [ -n "$date" ] || stop "no heading \"## $version - YYYY-MM-DD\" in the committed CHANGELOG.md (it gives the date; or say DATE=)"
fi
[ -z "$date" ] || [[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || stop "unsupported date \"$date\" (expected: as in 2027-01-15)"

# The same version in every POM; nothing else says it.
find . -name pom.xml -exec sed -i \
    -e "s#<version>$between</version>#<version>$version</version>#" \
    ${date:+-e "s#\(<project.build.outputTimestamp>\).*\(</project.build.outputTimestamp>\)#\1${date}T00:00:00Z\2#"} {} +

echo "Building tlsward $version ..."
$mvn -q -Dmaven.test.skip=true -pl build/release -am package
rm -rf "$out"
mkdir -p "$out"
cp build/release/target/release/* "$out/"

# As an admin would.
mkdir "$work/try"
cd "$work/try"
"${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$out/tlsward-$version.zip"
cd "tlsward-$version"
said=$(env -u TLSWARD_HOME -u TLSWARD_CONF -u TLSWARD_JAR sh bin/tlsward --version)
[[ $said == "tlsward $version ("*")" ]] || stop "bin/tlsward calls itself \"$said\""
env -u TLSWARD_HOME -u TLSWARD_CONF -u TLSWARD_JAR sh bin/tlsward config check --conf conf >"$work/check" || { cat "$work/check"; stop "config check refuses conf"; }

cd "$out"
sha256sum ./*
echo "$said is in target/release."
