# shellcheck shell=bash disable=SC2154 # variables of image.sh
# SPDX-License-Identifier: Apache-2.0
#
# Containers of buildah, in one network namespace and with a read-only root file system. Read by image.sh.

# Everything that buildah is told here, by build-image.sh too, concerns a store of this test.
mkdir -p "$work/bin" "$work/output" "$store"
cat >"$work/bin/buildah" <<END
#!/bin/sh
exec $(command -v buildah) --root "$store/storage" --runroot "$work/run" "\$@"
END
chmod +x "$work/bin/buildah"
export PATH=$work/bin:$PATH

make_netns() {
    ip netns add "$netns" || fail "cannot make a network namespace"
    ip -n "$netns" link set lo up
    local address
    for address in 10 11 12 53; do
        ip -n "$netns" address add "172.28.25.$address/32" dev lo
    done
}

in_netns() {
    ip netns exec "$netns" "$@"
}

new_container() { # image; its volumes are ours to give
    local container volume
    container=$(buildah from "$1")
    for volume in $(buildah inspect --type image --format '{{range $k, $v := .OCIv1.Config.Volumes}}{{println $k}}{{end}}' "$1"); do
        buildah config --volume "$volume-" "$container"
    done
    echo "$container"
}

new_volumes() { # name: folders as the volumes of a new server, owned as Docker would do it
    mkdir -p "$work/$1/conf" "$work/$1/var" "$work/$1/extensions-jars"
    chown 10025:10025 "$work/$1"/*
    chmod 700 "$work/$1"/*
}

volumes_of() { # name
    volumes=(-v "$work/$1/conf:/var/lib/tlsward/conf" -v "$work/$1/var:/var/lib/tlsward/var"
        -v "$work/$1/extensions-jars:/var/lib/tlsward/extensions-jars")
}

# The root file system is made read-only inside; then root and every capability are given up, as by cap_drop and no-new-privileges.
# An image without a USER would run as root here too, so image.sh looks at that.
#
# Output goes to a file inside, because buildah loses the end of it now and then: to $output if that is set, or else printed at the end.
in_server() { # name of the volumes, environment as NAME=VALUE ..., --, command
    local options=() volumes file=${output:-} status=0
    volumes_of "$1"
    shift
    while [ "$1" != -- ]; do
        options+=(--env "$1")
        shift
    done
    shift
    [ -n "$file" ] || file=$(mktemp "$work/output/XXXXXX")
    # shellcheck disable=SC2016 # for the shell inside
    in_netns buildah run --isolation chroot --no-hosts --hostname mx.klinik.example --user 0:0 --cap-add CAP_SYS_ADMIN \
        "${volumes[@]}" -v "$work/output:/mnt" -v "$work/hosts:/etc/hosts:ro" "${options[@]}" "$server" -- \
        sh -c 'exec >>"/mnt/$1" 2>&1 && mount -o remount,bind,ro / && ! touch /tmp/x 2>/dev/null && user=$2 && shift 2 &&
            exec setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs "$@"' \
        sh "${file##*/}" "$user" "$@" >"$file.builder" 2>&1 || status=$?
    [ -n "${output:-}" ] || cat "$file"
    return "$status"
}

# As Docker does it for the name of a container.
printf '127.0.0.1 localhost\n172.28.25.10 mx.klinik.example mx\n' >"$work/hosts"

start_server() { # name of the volumes, environment ...; the log is in $log
    log=$work/output/$1.log
    : >"$log"
    output=$log in_server "$@" -- /opt/tlsward/run.sh &
    runners+=($!)
    await_log "JAMES server started" $!
}

await_log() { # fixed text, the process that would write it
    local tries
    for ((tries = 0; tries < 720; tries++)); do
        ! grep -qF "$1" "$log" || return 0
        kill -0 "$2" 2>/dev/null || fail "it stopped before it said \"$1\": $(cat "$log.builder")"
        sleep 0.25
    done
    fail "it did not say \"$1\" within three minutes"
}

# Waits until a command succeeds, for a minute.
await() { # what, command ...
    local what=$1 end=$((SECONDS + 60))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "waited in vain for $what"
        sleep 0.25
    done
}

# What a runner started, without the builder itself: builders do not pass signals on.
below() { # process
    local child
    for child in $(pgrep -P "$1"); do
        echo "$child"
        below "$child"
    done
}

jvm_of() { # process
    local child
    for child in $(below "$1"); do
        if [ "$(cat "/proc/$child/comm" 2>/dev/null)" = java ]; then
            echo "$child"
            return
        fi
    done
}

stop_last_server() { # and see that it goes in peace
    local runner=${runners[-1]} jvm
    unset 'runners[-1]'
    jvm=$(jvm_of "$runner")
    kill "$jvm"
    wait "$runner" || true
    ! kill -0 "$jvm" 2>/dev/null || fail "the server is still there after SIGTERM"
    grep -q 'JAMES server stopped' "$log" || fail "the server did not stop cleanly"
}

stop_all() {
    local runner child children
    for runner in "${runners[@]}"; do
        children=$(below "$runner")
        # The innermost first: then the builders tidy up themselves.
        for child in $(tac <<<"$children"); do
            kill "$child" 2>/dev/null || true
        done
        timeout 20 tail --pid="$runner" -f /dev/null || kill -9 $children 2>/dev/null || true
        wait "$runner" 2>/dev/null || true
    done
    runners=()
}

remove_containers() {
    local image
    buildah rm --all >/dev/null 2>&1 || true
    for image in $(buildah images --format '{{.Name}}:{{.Tag}}' 2>/dev/null | grep -v '/tlsward-test-\(base\|peers\):'); do
        buildah rmi --force "$image" >/dev/null 2>&1 || true
    done
    buildah rmi --prune --force >/dev/null 2>&1 || true
}

start_peer() { # name, image, folders that it may write, separated by commas, what its log says when it is up, environment ...
    local name=$1 ready=$4 container folder options=()
    container=$(new_container "localhost/tlsward-test-$2")
    for folder in ${3//,/ }; do
        mkdir -p "$work/$name$folder"
        options+=(-v "$work/$name$folder:$folder")
    done
    shift 4
    while [ $# -gt 0 ]; do
        options+=(--env "$1")
        shift
    done
    log=$work/output/$name.log
    : >"$log"
    # shellcheck disable=SC2016 # for the shell inside
    in_netns buildah run --isolation chroot --cap-add CAP_SYS_ADMIN "${options[@]}" -v "$work/output:/mnt" "$container" -- \
        sh -c 'exec >>"/mnt/$1" 2>&1 && shift && mount -o remount,bind,ro / && ! touch /x 2>/dev/null && exec "$@"' \
        sh "${log##*/}" "$(entrypoint "$container")" >"$log.builder" 2>&1 &
    runners+=($!)
    # Two builders that enter one container at the same moment get into each other's way.
    await_log "$ready" $!
    peer_container=$container peer_options=("${options[@]}")
}

entrypoint() { # container: images of ours have one word
    buildah inspect --format '{{index .OCIv1.Config.Entrypoint 0}}' "$1"
}

peer_is_healthy() { # as the HEALTHCHECK of its image asks
    local check
    check=$(buildah inspect --format '{{range .Docker.Config.Healthcheck.Test}}{{.}} {{end}}' "$peer_container")
    # shellcheck disable=SC2086 # words
    in_netns buildah run --isolation chroot "${peer_options[@]}" "$peer_container" -- ${check#CMD }
}
