#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# A mail that was answered 250 after DATA survives kill -9 and is processed after the restart.
#
#   tests/integration/kill9-inbound.sh      needs the built server (make server), bash, sed, grep; about a minute
#
# Round 1: the spooler is off, so every accepted mail is in the queue when the process dies.
# Round 2: the spooler works and the process dies while mail comes in and is processed; duplicates are allowed and counted.
# Mail for the local domain is stored in a repository instead of a mailbox in memory, so that it can be counted on disk.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
server=
export TLSWARD_HOME=$work/home TLSWARD_CONF=$root/conf JAVA_OPTS=${JAVA_OPTS:--Xmx512m}
delivered=$TLSWARD_HOME/var/mail/delivered
mails=${MAILS:-100}

stop() {
    if [ -n "$server" ]; then
        kill -9 "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap 'stop; rm -rf "$work"' EXIT

# A port that nobody listens on now.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

configure() { # threads of the spooler
    sed -e "s#<threads>[0-9]*</threads>#<threads>$1</threads>#" \
        -e 's#<mailet match="All" class="LocalDelivery"/>#<mailet match="All" class="ToRepository"><repositoryPath>file://var/mail/delivered/</repositoryPath></mailet>#' \
        "$root/conf/mailetcontainer.xml" >"$TLSWARD_HOME/conf/mailetcontainer.xml"
    grep -q 'var/mail/delivered/' "$TLSWARD_HOME/conf/mailetcontainer.xml"
}

start() {
    "$root/james-docker/run.sh" >>"$work/log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        kill -0 "$server" 2>/dev/null || break
        if (exec 3<>"/dev/tcp/127.0.0.1/$smtp") 2>/dev/null; then
            return
        fi
        sleep 0.2
    done
    echo "the server does not start:" >&2
    tail -30 "$work/log" >&2
    exit 1
}

reply() { # expected first digits; false if the connection is gone or the answer is another one
    local line
    while IFS= read -r -t 30 line <&3; do
        [ "${line:3:1}" = - ] || { [[ $line == "$1"* ]]; return; }
    done
    return 1
}

send() { # prefix: writes the id of every accepted mail to $work/accepted, until all are sent or the server is gone
    exec 3<>"/dev/tcp/127.0.0.1/$smtp" || return 0
    reply 220 && printf 'EHLO partner.example\r\n' >&3 && reply 250 || return 0
    local i
    for ((i = 1; i <= mails; i++)); do
        printf 'MAIL FROM:<office@partner.example>\r\n' >&3 && reply 250 || break
        printf 'RCPT TO:<info@klinik.example>\r\n' >&3 && reply 250 || break
        printf 'DATA\r\n' >&3 && reply 354 || break
        printf 'Subject: %s\r\nX-Kill9: %s-%s.\r\n\r\nbody\r\n.\r\n' "$i" "$1" "$i" >&3 && reply 250 || break
        echo "$1-$i." >>"$work/accepted"
    done
    exec 3>&-
} 2>/dev/null

count() {
    { cat "$delivered"/*.FileStreamStore 2>/dev/null || true; } | tr -d '\r' | sed -n 's/^X-Kill9: //p'
}

all_there() { # every accepted mail is stored
    count | sort -u >"$work/stored"
    sort -u "$work/accepted" | comm -23 - "$work/stored" >"$work/missing"
    [ ! -s "$work/missing" ]
}

verify() { # name of the round
    for _ in $(seq 150); do
        all_there && break
        sleep 0.4
    done
    if ! all_there; then
        echo "$1: $(wc -l <"$work/missing") of $(wc -l <"$work/accepted") accepted mails are lost, for example $(head -1 "$work/missing")" >&2
        tail -30 "$work/log" >&2
        exit 1
    fi
    echo "$1: $(wc -l <"$work/accepted") accepted, none lost, $(($(count | wc -l) - $(wc -l <"$work/stored"))) stored twice"
}

smtp=$(free_port)
mkdir -p "$TLSWARD_HOME"
cp -R "$root/conf" "$TLSWARD_HOME/conf"
sed -i "s#:2525</bind>#:$smtp</bind>#; s#:2587</bind>#:$(free_port)</bind>#; s#:2465</bind>#:$(free_port)</bind>#" "$TLSWARD_HOME/conf/smtpserver.xml"
sed -i 's#<imapserver enabled="true">#<imapserver enabled="false">#' "$TLSWARD_HOME/conf/imapserver.xml"
sed -i 's#^enabled=true#enabled=false#' "$TLSWARD_HOME/conf/webadmin.properties"
: >"$work/accepted"

configure 0
start
send first
[ "$(wc -l <"$work/accepted")" = "$mails" ] || { echo "round 1: only $(wc -l <"$work/accepted") of $mails mails were accepted" >&2; tail -30 "$work/log" >&2; exit 1; }
[ -z "$(count)" ] || { echo "round 1: mail was processed with the spooler off" >&2; exit 1; }
stop
configure 20
start
verify "round 1"

send second &
sender=$!
for _ in $(seq 300); do # until a third of them is accepted
    [ "$(grep -c second "$work/accepted" || true)" -ge $((mails / 3)) ] && break
    sleep 0.05
done
stop
wait "$sender" || true
start
verify "round 2"
