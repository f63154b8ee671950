#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the release twice, as two people would: other folders, umask, time zone, language, user and hour. Every byte must be the same; else
# the first file that differs is named, down to the one inside a JAR. `make reproduce` and `make test-full` call it; some minutes.
#
#   VERSION, DATE, MVN   as in release.sh
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # name of the clone
    git clone -q "$root" "$work/$1"
    mkdir -p "$work/tmp-of-$1"
    TMPDIR="$work/tmp-of-$1" make --no-print-directory -C "$work/$1" release >"$work/$1.log" 2>&1 || { cat "$work/$1.log"; exit 1; }
}

unpack() { # archive folder: and every JAR in it
    mkdir -p "$2"
    (cd "$2" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$1")
    local jar
    while IFS= read -r jar; do
        unpack "$jar" "$jar.unpacked"
        rm "$jar"
    done < <(find "$2" -name '*.jar' -type f | LC_ALL=C sort)
}

(umask 022 && TZ=UTC MAVEN_OPTS="${MAVEN_OPTS:-}" build one)
(umask 077 && TZ=Pacific/Auckland MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.name=somebody -Duser.language=tr -Duser.country=TR" build another/folder)

first=$work/one/target/release
second=$work/another/folder/target/release
differ=$(diff -rq "$first" "$second" || true)
(cd "$first" && sha256sum ./* | sed 's/^/one      /')
(cd "$second" && sha256sum ./* | sed 's/^/another  /')
if [ -z "$differ" ]; then
    echo "the same bytes twice"
    exit 0
fi
echo "$differ"
for zip in "$first"/*.zip; do
    if ! cmp -s "$zip" "$second/$(basename "$zip")"; then
        unpack "$zip" "$work/unpacked/one"
        unpack "$second/$(basename "$zip")" "$work/unpacked/another"
        inner=$(diff -rq "$work/unpacked/one" "$work/unpacked/another" || true)
        echo "first file that differs: ${inner%%$'\n'*}"
        [ -n "$inner" ] || echo "none: it is in the order, dates or permissions of an archive"
    fi
done
# The JARs of the server are in no zip; their checksums are in its bill of materials.
for bom in "$first"/*.json; do
    lines=$(diff "$bom" "$second/$(basename "$bom")" || true)
    [ -z "$lines" ] || echo "$(basename "$bom") differs, near $(grep -m 1 -B 12 -F "$(sed -n '2s/^< *//p' <<<"$lines")" "$bom" | grep -m 1 '"bom-ref"')"
done
exit 1
