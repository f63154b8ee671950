#!/usr/bin/env bash
# Installs, on Debian as root, the real peers that the tests talk to. Does nothing where they are there already.
set -euo pipefail
packages=(slapd ldap-utils openssl swaks curl postfix mount unbound nsd ldnsutils chromium chromium-driver fonts-dejavu-core rabbitmq-server)
# The image. buildah asks for netavark at every start, although chroot isolation has no use for it.
packages+=(buildah netavark debootstrap iproute2 procps python3 python3-yaml)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need these Debian packages: ${missing[*]}. Install them, or run this as root on Debian." >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# No service of a test package may start by itself.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
