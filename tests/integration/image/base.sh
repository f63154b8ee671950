# shellcheck shell=bash disable=SC2154 # variables of image.sh
# SPDX-License-Identifier: Apache-2.0
#
# The bases of the images: Debian with a JRE, made by debootstrap, and the same with Postfix and Unbound. Read by image.sh.

suite=${SUITE:-bookworm}
packages=openjdk-17-jre-headless,ca-certificates

# The first mirror of Debian itself that apt takes packages from.
mirror() {
    local found
    found=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(ORIGIN) $(CODENAME) $(RELEASE)' 'Created-By: Packages' |
        awk -v suite="$suite" '$2 == "main" && / Debian / && !/-(security|updates|backports)/ { print $1; exit }')}
    [ -n "$found" ] || fail "apt knows no Debian mirror here (run apt-get update, or set MIRROR)"
    echo "$found"
}

# debootstrap and apt in a container know only these variables of apt's proxies.
use_proxies_of_apt() {
    local AptHttp='' AptHttps=''
    eval "$(apt-config shell AptHttp Acquire::http::Proxy AptHttps Acquire::https::Proxy)"
    [ -n "${http_proxy:-}" ] || [ -z "$AptHttp" ] || [ "$AptHttp" = DIRECT ] || export http_proxy=$AptHttp
    [ -n "${https_proxy:-}" ] || [ -z "$AptHttps" ] || [ "$AptHttps" = DIRECT ] || export https_proxy=$AptHttps
}

has_image() {
    buildah inspect --type image "$1" >/dev/null 2>&1
}

base_image() { # prints its name
    local name
    # Another recipe, another base.
    name=localhost/tlsward-test-base:$(printf '%s' "$suite $packages" | cat - "$here/base.sh" | sha256sum | cut -c1-12)
    if ! has_image "$name"; then
        echo "image: making a base from Debian $suite, once" >&2
        debian_with_jre "$name" >&2
    fi
    echo "$name"
}

debian_with_jre() { # name of the image
    local scratch target=$work/debian
    mkdir "$target"
    use_proxies_of_apt
    # dpkg waits for the disk with every file; memory is faster, where there is enough.
    if [ "$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)" -gt 3000000 ]; then
        mount -t tmpfs -o size=1500m,mode=755 tmpfs "$target"
    fi
    debootstrap --variant=minbase "--include=$packages" "$suite" "$target" "$(mirror)" >"$log" 2>&1 || fail "debootstrap failed"
    [ -e "$target/etc/ssl/certs/java/cacerts" ] || fail "the base has no CA certificates for Java"
    # What no server reads.
    rm -rf "$target"/var/cache/apt/* "$target"/var/lib/apt/lists/* "$target"/var/log/* "$target"/usr/share/{doc,man,info,locale,lintian}/*
    scratch=$(buildah from scratch)
    tar -C "$target" --one-file-system -c . | tar -C "$(buildah mount "$scratch")" -x
    buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$scratch"
    buildah commit -q "$scratch" "$1" >/dev/null
    buildah rm "$scratch" >/dev/null
    ! mountpoint -q "$target" || umount "$target"
}

# Postfix and Unbound are put in beforehand: the Dockerfiles take them from there, and no build of a test run fetches them again.
peers_image() { # base; prints its name
    local name container
    name=localhost/tlsward-test-peers:$(printf '%s' "$1" | cat - "$here/base.sh" | sha256sum | cut -c1-12)
    if ! has_image "$name"; then
        echo "image: adding Postfix and Unbound to it, once" >&2
        use_proxies_of_apt
        container=$(buildah from "$1")
        # No service may start by itself, on the network of this machine.
        buildah run --isolation chroot --user 0 --env DEBIAN_FRONTEND=noninteractive --env "http_proxy=${http_proxy:-}" \
            --env "https_proxy=${https_proxy:-}" "$container" -- sh -ec '
                printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d
                apt-get update -qq
                apt-get install -y -qq --no-install-recommends postfix unbound dns-root-data openssl
                rm -rf /var/lib/apt/lists/* /var/cache/apt/* /usr/sbin/policy-rc.d' >"$log" 2>&1 || fail "apt-get in the base failed"
        buildah commit -q "$container" "$name" >/dev/null
        buildah rm "$container" >/dev/null
    fi
    echo "$name"
}
