# shellcheck shell=bash disable=SC2154 # variables of image.sh
# SPDX-License-Identifier: Apache-2.0
#
# The demo of docker-compose.yml: mail to a partner with TLS and to one without, looked at on the partners' side. Read by image.sh.

step "outbound: the services of docker-compose.yml"
folders=/run/partner,/tmp,/var/spool/postfix,/var/lib/postfix,/var/mail/partner
start_peer unbound unbound /run/unbound "start of service" UNBOUND_BIND=172.28.25.53
await "the resolver" peer_is_healthy
# It also takes mail for klinik.example, as the server behind ours that START-HERE.txt tells of.
start_peer partner-tls partner "$folders" "daemon started" PARTNER_TLS=yes PARTNER_BIND=172.28.25.11 \
    PARTNER_DOMAIN=partner-tls.example PARTNER_DOMAINS=klinik.example
await "the partner with TLS" peer_is_healthy
start_peer partner-cleartext partner "$folders" "daemon started" PARTNER_TLS=no PARTNER_BIND=172.28.25.12 PARTNER_DOMAIN=partner-cleartext.example
await "the partner without TLS" peer_is_healthy

new_volumes outbound
conf=$work/outbound/conf
# What the demo mounts. The rest of conf is completed by the server, and named.
cp "$root/james-docker/demo/tlsward.xml" "$root/james-docker/demo/demo-users" "$conf/"
# What START-HERE.txt says about domains of ours that are handed on; and a second attempt after a second, not after minutes.
sed -i 's#<destinations>#&<destination match="klinik.example" level="encrypt" via="[172.28.25.11]:25"/>#' "$conf/tlsward.xml"
handed_on='<mailet match="All" class="ToProcessor"><processor>relay</processor></mailet>'
grep -qF "$handed_on" "$root/conf/START-HERE.txt" || fail "START-HERE.txt tells another way to hand mail on"
sed -e "s#<mailet match=\"All\" class=\"LocalDelivery\"/>#$handed_on#" \
    -e 's#<outgoing>outgoing-tlsward</outgoing>#&<delayTime>1 second</delayTime>#' "$root/conf/mailetcontainer.xml" >"$conf/mailetcontainer.xml"
start_server outbound TLSWARD_BIND=172.28.25.10
for file in smtpserver.xml domainlist.xml usersrepository.xml extensions.properties webadmin.properties; do
    grep -q "had no $file: the default is there now" "$log" || fail "a missing $file was not named"
    [ -e "$conf/$file" ] || fail "a missing $file was not completed"
done
[ ! -e "$conf/imapserver.xml" ] || fail "a server that nobody asked for was added: imapserver.xml"

password=$(cat "$work/outbound/var/demo-password")
submit() { # from, to, mark
    in_netns swaks --server 172.28.25.10:2587 --tls --helo client.example --auth PLAIN --auth-user "$1" --auth-password "$password" \
        --from "$1" --to "$2" --header "Subject: $3" --body "$3-body" >"$work/swaks" 2>&1 || fail "not taken: $(cat "$work/swaks")"
}
tls_inbox=$work/partner-tls/var/mail/partner/inbox
cleartext_inbox=$work/partner-cleartext/var/mail/partner/inbox
# The lines of one mail in an inbox.
mail_in() { # inbox, mark
    awk -v mark="Subject: $2" '/^From / { mail = "" } { mail = mail $0 "\n" } $0 == mark { found = 1 }
        /^$/ && found { printf "%s", mail; exit }' "$1" | grep .
}

# The line that the partner itself wrote; below it our server tells of the submission.
partners_line() { # inbox, mark
    mail_in "$@" | awk '/^Received:/ { line++ } !/^(Received:|[ \t])/ { if (line) exit } line == 1'
}

submit praxis@klinik.example arzt@partner-tls.example protected-1
submit praxis@klinik.example arzt@partner-cleartext.example protected-2
submit info@klinik.example buero@partner-cleartext.example general-3

await "the protected mail at the partner with TLS" mail_in "$tls_inbox" protected-1
partners_line "$tls_inbox" protected-1 | grep -q '(using TLSv1\.[23] with cipher' || fail "it did not come over TLS: $(cat "$tls_inbox")"
await "the general mail at the partner without TLS" mail_in "$cleartext_inbox" general-3
partners_line "$cleartext_inbox" general-3 | grep -q 'by partner-cleartext.example' || fail "the partner wrote no Received line"
! partners_line "$cleartext_inbox" general-3 | grep -q 'using TLS' || fail "the partner without TLS has TLS"
step "  withheld from the partner without TLS"
kept() { ls "$work"/outbound/var/mail/tls-withheld/*.Repository.FileStreamStore >/dev/null 2>&1; }
await "the quarantine" kept
grep -q 'protected-2' "$work"/outbound/var/mail/tls-withheld/* || fail "the mail in quarantine is another one"
# The notice to the sender goes the way of mail for our own domain, to the next server, over TLS.
await "the notice to the sender" grep -q '^To: .*praxis@klinik.example' "$tls_inbox"
! grep -q 'protected-2-body' "$tls_inbox" || fail "the notice carries the message"
! grep -q 'protected-2' "$cleartext_inbox" || fail "the protected mail was given to the partner without TLS"
! grep -q 'praxis@klinik.example' "$work/output/partner-cleartext.log" || fail "the partner without TLS learned the sender's address"

in_server outbound -- tlsward evidence verify >"$work/evidence" || fail "the evidence does not verify: $(cat "$work/evidence")"
in_server outbound -- tlsward evidence show >"$work/evidence" || fail "tlsward evidence show: $(cat "$work/evidence")"
grep -q 'arzt@partner-cleartext.example' "$work/evidence" || fail "the evidence does not tell of it: $(cat "$work/evidence")"
stop_last_server
