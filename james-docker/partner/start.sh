#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Writes the configuration and a certificate to /run/partner and starts Postfix in the foreground: see Dockerfile.
# Only /run/partner, /var/spool/postfix, /var/lib/postfix and /var/mail/partner have to be writable.
set -eu

domain=${PARTNER_DOMAIN:-partner.example}
conf=/run/partner
mkdir -p "$conf/tls" /var/mail/partner /var/spool/postfix /var/lib/postfix
cp /opt/partner/main.cf /opt/partner/master.cf "$conf/"
# Numbers of the account that mail is written as.
chown 8:8 /var/mail/partner
chown postfix:postfix /var/lib/postfix

case ${PARTNER_TLS:-yes} in
yes)
    level=may
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=$domain" \
        -addext "subjectAltName=DNS:$domain" -keyout "$conf/tls/key.pem" -out "$conf/tls/certificate.pem" 2>/dev/null
    chmod 600 "$conf/tls/key.pem"
    ;;
no) level=none ;;
*)
    echo "start.sh: unsupported PARTNER_TLS \"$PARTNER_TLS\" (expected: yes, no)" >&2
    exit 1
    ;;
esac
postconf -c "$conf" -e "myhostname = $domain" "virtual_mailbox_domains = $domain ${PARTNER_DOMAINS:-}" "smtpd_tls_security_level = $level" \
    "inet_interfaces = ${PARTNER_BIND:-all}"
postfix -c "$conf" check
exec postfix -c "$conf" start-fg
