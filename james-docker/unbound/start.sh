#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Starts Unbound in the foreground. Only /run/unbound has to be writable.
set -eu
mkdir -p /run/unbound
chown unbound:unbound /run/unbound
printf 'server:\n  interface: %s\n' "${UNBOUND_BIND:-0.0.0.0}" >/run/unbound/interface.conf
exec unbound -d -c /opt/unbound/unbound.conf
