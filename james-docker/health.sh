#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Asks the health route of the running server: exit code 0 if mail flows (healthy or degraded), 1 if not. The image's HEALTHCHECK.
#
#   TLSWARD_SERVER          directory with tlsward-server.jar                                  [james-docker/server/target]
#   TLSWARD_WEBADMIN_BIND   address that WebAdmin listens on, as for run.sh                                     [127.0.0.1]
#   TLSWARD_WEBADMIN_PORT   its port, if webadmin.properties has another one                                         [8000]
#   JAVA_HOME               the Java to run with                                                       [java of the path]
set -eu

server=${TLSWARD_SERVER:-$(dirname "$0")/server/target}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "$server/tlsward-server.jar" \
    org.tlsward.server.HealthProbe "http://${TLSWARD_WEBADMIN_BIND:-127.0.0.1}:${TLSWARD_WEBADMIN_PORT:-8000}/healthcheck"
