# shellcheck shell=bash disable=SC2154,SC2034 # variables of image.sh
# SPDX-License-Identifier: Apache-2.0
#
# Empty volumes: a server with safe defaults, a certificate for its name, and a page that tells the truth. Read by image.sh.

step "first start: nothing in the volumes"
new_volumes first
seconds=$(date +%s%N)
start_server first
step "up after $((($(date +%s%N) - seconds) / 1000000)) ms"
jvm=$(jvm_of "${runners[-1]}")
[ "$(awk '/^Uid/ { print $2 }' "/proc/$jvm/status")" = 10025 ] || fail "the server does not run as 10025"
[ "$(awk '/^CapEff/ { print $2 }' "/proc/$jvm/status")" = 0000000000000000 ] || fail "the server has capabilities"

conf=$work/first/conf var=$work/first/var
page=$conf/START-HERE.txt
await "the page" grep -qF 'START-HERE.txt' "$log"
grep -qF "$(sed -n '/BEFORE REAL MAIL/p' "$page")" "$log" || fail "the page was not printed"
password=$(cat "$var/demo-password")
[ ${#password} -ge 16 ] || fail "the password of the demo is short"
! grep -qF "$password" "$log" || fail "the password of the demo is in the log"
! grep -rqF "$password" "$conf" || fail "the password of the demo is in conf"
[ -z "$(find "$work/first" -perm /077 ! -type l ! -path "$work/first" ! -path "$work/first/extensions-jars" -print -quit)" ] ||
    fail "others may read $(find "$work/first" -perm /077 ! -type l ! -path "$work/first" -print -quit)"
# The two lines are of the kind that a newcomer pastes: what the page says is what must come.
step "  the lines of the page"
mapfile -t lines < <(sed -n 's/^ *\(swaks \|exec 3<>\)/\1/p' "$page")
[ ${#lines[@]} = 3 ] || fail "the page has ${#lines[@]} lines to try (expected: 3)"
for line in "${lines[@]}"; do
    log=$work/page
    in_netns timeout 60 bash -c "$line" >"$log" 2>&1 || true
    grep -q '250 2\.1\.5 .*info@klinik.example' "$log" || fail "not what the page says: $line"
    case $line in
    *--tls*) grep -q '250 2\.1\.5 .*praxis@klinik.example' "$log" || fail "not what the page says: $line" ;;
    *) grep -q '530 5\.7\.0 ' "$log" || fail "not what the page says: $line" ;;
    esac
done
log=$work/output/first.log
in_server first -- tlsward config check >"$work/check" || fail "tlsward config check: $(cat "$work/check")"
grep -q medical "$work/check" || fail "tlsward config check does not tell what the classes mean: $(cat "$work/check")"
in_server first -- tlsward token add anna >"$work/token" || fail "tlsward token add: $(cat "$work/token")"
[ -s "$conf/tlsward-tokens" ] || fail "there are no tokens in conf"

step "  health, certificate, no relay"
in_server first -- /opt/tlsward/health.sh >"$work/health" || fail "unhealthy: $(cat "$work/health")"
grep -q '"componentName":"TLS Ward"' "$work/health" || fail "TLS Ward is not in the health check: $(cat "$work/health")"
check=$(buildah inspect --format '{{range .Docker.Config.Healthcheck.Test}}{{.}} {{end}}' "$server")
[ "$check" = "CMD /opt/tlsward/health.sh " ] || fail "the HEALTHCHECK is $check"
for port in 2525 2587; do
    in_netns timeout 60 openssl s_client -connect "127.0.0.1:$port" -starttls smtp -verify_return_error -verify_hostname mx.klinik.example \
        -CAfile "$var/tls/certificate.pem" </dev/null >"$work/tls" 2>&1 || fail "port $port: no certificate for the name: $(cat "$work/tls")"
done
in_netns timeout 60 openssl s_client -connect 127.0.0.1:2465 -verify_return_error -verify_hostname mx.klinik.example \
    -CAfile "$var/tls/certificate.pem" </dev/null >"$work/tls" 2>&1 || fail "port 2465: no certificate for the name: $(cat "$work/tls")"
for port in 2525 2587; do # neither in clear nor over TLS
    for tls in "" --tls; do
        # shellcheck disable=SC2086 # a word or none
        ! in_netns swaks --server "127.0.0.1:$port" $tls --helo partner.example --from info@klinik.example --to x@elsewhere.example \
            --quit-after RCPT >"$work/relay" 2>&1 || fail "port $port relays for strangers $tls: $(cat "$work/relay")"
        grep -q '^<\*\* 5\|^<~\* 5' "$work/relay" || fail "port $port $tls: no 5xx for a stranger who wants to relay: $(cat "$work/relay")"
    done
done
in_netns swaks --server 127.0.0.1:2587 --helo client.example --from praxis@klinik.example --to praxis@klinik.example --auth PLAIN \
    --auth-user praxis@klinik.example --auth-password "$password" --quit-after AUTH >"$work/auth" 2>&1 &&
    fail "a password is taken outside TLS: $(cat "$work/auth")"
stop_last_server

step "second start: what is there stays"
echo "# mine" >>"$conf/domainlist.xml.mine"
rm "$page" "$conf/demo-users"
fingerprint=$(sha256sum <"$var/tls/certificate.pem")
start_server first
[ ! -e "$page" ] && [ ! -e "$conf/demo-users" ] || fail "what was deleted came back"
! grep -q 'BEFORE REAL MAIL' "$log" || fail "a deleted page is printed"
[ "$fingerprint" = "$(sha256sum <"$var/tls/certificate.pem")" ] || fail "the certificate is another one"
stop_last_server
