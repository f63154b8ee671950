# shellcheck shell=bash disable=SC2154 # variables of image.sh
# SPDX-License-Identifier: Apache-2.0
#
# Volumes that somebody filled in part, or that cannot be written: named, never guessed. Read by image.sh. No server starts here.

step "volumes that are half filled or cannot be written"

# Where run.sh goes on to start the server, it meets a port that is no number, and ends.
ends_with() { # name of the volumes, text
    log=$work/output/$1.log
    ! in_server "$1" -- timeout 120 /opt/tlsward/run.sh >"$log" 2>&1 || fail "$1: it started"
    grep -qF "$2" "$log" || fail "$1: it did not say \"$2\""
}

new_volumes without-tlsward
cp "$root/conf/smtpserver.xml" "$work/without-tlsward/conf/"
ends_with without-tlsward "no tlsward.xml, which says who is protected"
[ "$(ls "$work/without-tlsward/conf")" = smtpserver.xml ] || fail "it made files although it did not start"

new_volumes not-writable
cp "$root/conf/tlsward.xml" "$work/not-writable/conf/"
chown -R 0:0 "$work/not-writable/conf"
chmod -R a+rX "$work/not-writable/conf"
ends_with not-writable "has no smtpserver.xml, and user 10025 cannot write there"

new_volumes foreign-var
chown 0:0 "$work/foreign-var/var"
ends_with foreign-var "cannot write /var/lib/tlsward/var as user 10025"

new_volumes interrupted
touch "$work/interrupted/conf/.unfinished" "$work/interrupted/conf/tlsward.xml" # half a copy: an empty file
chown -R 10025:10025 "$work/interrupted/conf"
in_server interrupted TLSWARD_BIND=999.0.0.1 -- timeout 120 /opt/tlsward/run.sh >"$log" 2>&1 && fail "it started at an address that is none"
cmp -s "$work/interrupted/conf/tlsward.xml" "$root/conf/tlsward.xml" || fail "an interrupted copy was taken for a configuration"
[ -e "$work/interrupted/conf/demo-users" ] || fail "an interrupted copy was not completed"
