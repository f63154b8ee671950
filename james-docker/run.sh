#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Starts the server in the foreground; a signal stops it. `make run` and the image use this script.
#
#   TLSWARD_HOME     working directory: conf/ (yours), var/ (queue, repositories, keys), extensions-jars/   [run/ of the checkout]
#   TLSWARD_CONF     what conf/ is made from when there is none; never copied over one that is there        [conf/ of the checkout]
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

mkdir -p "$home"
home=$(cd "$home" && pwd)
if [ ! -d "$home/conf" ]; then
    # In two steps, so that an interrupted copy is not taken for a configuration.
    rm -rf "$home/conf.new"
    cp -R "$template" "$home/conf.new"
    mv "$home/conf.new" "$home/conf"
elif [ -z "$(ls -A "$home/conf")" ]; then
    # An empty volume of a container.
    cp -R "$template/." "$home/conf/"
fi
mkdir -p "$home/extensions-jars"

cd "$home"
# Out of memory: stop and be started again, nothing accepted is lost, instead of going on with threads missing.
# shellcheck disable=SC2086 # JAVA_OPTS is a list
exec "$java" ${JAVA_OPTS:--Xmx1g} -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
    -Dworking.directory="$home" -Dlogback.configurationFile="$home/conf/logback.xml" \
    -cp "$server/tlsward-server.jar:$server/lib/*" org.tlsward.server.TlsWardServer "$@"
