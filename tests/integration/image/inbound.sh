# shellcheck shell=bash disable=SC2154 # variables of image.sh
# SPDX-License-Identifier: Apache-2.0
#
# Every dialog of tests/integration/dialogs against the image. Read by image.sh.

step "inbound: every dialog of tests/integration/dialogs"
new_volumes inbound
conf=$work/inbound/conf
cp -R "$root/conf/." "$root/tests/integration/src/test/resources/keep/." "$conf/"
sed -i '/ValidRcptHandler/d' "$conf/smtpserver.xml"
printf '%s@klinik.example secret\n' clinician praxis urlaub >"$conf/demo-users"
chown -R 10025:10025 "$conf"
start_server inbound TLSWARD_BIND=127.0.0.1
in_netns python3 "$here/dialogs.py" "$log" "$root"/tests/integration/dialogs/*.smtp || fail "a dialog went otherwise"
stop_last_server
