#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Starts the server in the foreground; a signal stops it. `make run` and the image use this script.
#
#   TLSWARD_HOME     working directory: conf/ (yours), var/ (queue, repositories, keys), extensions-jars/   [run/ of the checkout]
#   TLSWARD_CONF     what conf/ is made from when it is empty, and needed files that are missing; nothing that is there is replaced
#                                                                                                           [conf/ of the checkout]
#   TLSWARD_SERVER   directory with tlsward-server.jar and lib/                                [james-docker/server/target]
#   TLSWARD_BIND     address that SMTP and IMAP listen on                                                   [127.0.0.1]
#   TLSWARD_WEBADMIN_BIND   address that WebAdmin listens on                                                [127.0.0.1]
#   JAVA_HOME        the Java to run with, 17 or newer                                               [java of the path]
#   JAVA_OPTS        options of the JVM                                                                       [-Xmx1g]
set -eu

# Queue, repositories and keys are for our account only.
umask 077

here=$(cd "$(dirname "$0")" && pwd)
home=${TLSWARD_HOME:-$here/../run}
template=${TLSWARD_CONF:-$here/../conf}
server=${TLSWARD_SERVER:-$here/server/target}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [ ! -e "$server/tlsward-server.jar" ]; then
    echo "run.sh: no $server/tlsward-server.jar (built by: make server)" >&2
    exit 1
fi
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
if [ "${version%%.*}" -lt 17 ]; then
    echo "run.sh: this is Java $version (expected: 17 or newer; set JAVA_HOME)" >&2
    exit 1
fi

fail() {
    echo "run.sh: $*" >&2
    exit 1
}

mkdir -p "$home" 2>/dev/null || fail "cannot make $home as user $(id -u)"
home=$(cd "$home" && pwd)
conf=$home/conf

# Without one of these the server would run, but otherwise than its admin thinks: with names of this machine as domains, without the gate,
# with waiting mail in memory. A server that is not wanted is switched off by enabled="false".
needed="smtpserver.xml mailetcontainer.xml domainlist.xml usersrepository.xml recipientrewritetable.xml mailrepositorystore.xml
dnsservice.xml extensions.properties healthcheck.properties webadmin.properties logback.xml"

# A fresh disk has a lost+found.
is_empty() {
    [ -z "$(ls -A "$1" | grep -v '^lost+found$')" ]
}

# The mark stays if the copy is interrupted, and the next start copies again.
fill_conf() {
    : >"$conf/.unfinished" || fail "cannot write $conf as user $(id -u): let the account own it (chown -R $(id -u):$(id -g))"
    cp -R "$template/." "$conf/"
    rm "$conf/.unfinished"
    first_start=yes
}

# Somebody brought files of theirs, perhaps tlsward.xml alone. Who is protected is theirs to say, and the users of the demo are not added.
complete_conf() {
    [ -e "$conf/tlsward.xml" ] || fail "$conf has files, but no tlsward.xml, which says who is protected: put yours there (a sample: $template/tlsward.xml)"
    for file in $needed; do
        if [ ! -e "$conf/$file" ]; then
            # In two steps, so that half a file is not taken for a whole one.
            cp "$template/$file" "$conf/.$file.new" 2>/dev/null && mv "$conf/.$file.new" "$conf/$file" ||
                fail "$conf has no $file, and user $(id -u) cannot write there: put one there (the default: $template/$file)"
            echo "run.sh: $conf had no $file: the default is there now, read it"
            first_start=yes
        fi
    done
    if [ -n "$first_start" ] && [ ! -e "$conf/START-HERE.txt" ]; then
        cp "$template/START-HERE.txt" "$conf/"
    fi
}

first_start=
mkdir -p "$conf" 2>/dev/null || fail "cannot write $home as user $(id -u): let the account own it (chown -R $(id -u):$(id -g))"
if [ -e "$conf/.unfinished" ] || is_empty "$conf"; then
    fill_conf
else
    complete_conf
fi

# In var, where mail may lie: not in /tmp, which other accounts read, is small in a container, or forbids the library of the queue to be loaded.
mkdir -p "$home/extensions-jars" "$home/var/tmp" 2>/dev/null && [ -w "$home/var" ] && [ -w "$home/var/tmp" ] ||
    fail "cannot write $home/var as user $(id -u): let the account own it (chown -R $(id -u):$(id -g))"
# What a killed server left there goes, unless one runs: it holds the lock as long as it lives.
if command -v flock >/dev/null 2>&1; then
    exec 9>"$home/var/tmp.lock"
    if flock -n 9; then
        rm -rf "$home/var/tmp"
        mkdir "$home/var/tmp"
    fi
fi

cd "$home"
# Out of memory: stop and be started again, nothing accepted is lost, instead of going on with threads missing.
# shellcheck disable=SC2086 # JAVA_OPTS is a list
exec "$java" ${JAVA_OPTS:--Xmx1g} -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
    -Djava.io.tmpdir="$home/var/tmp" -Dworking.directory="$home" -Dlogback.configurationFile="$home/conf/logback.xml" \
    -cp "$server/tlsward-server.jar:$server/lib/*" org.tlsward.server.TlsWardServer "$@"
