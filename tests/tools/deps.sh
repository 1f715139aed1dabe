#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# deps.sh GROUP... - install the Debian packages of the groups in deps.txt
# that are missing.  Where nothing is missing it says nothing and needs no
# network.
set -eu
table=$(dirname "$0")/../../deps.txt

if ! command -v dpkg-query >/dev/null; then
    echo "deps: not a Debian system; what is needed stands in deps.txt" >&2
    exit 0
fi

missing=
for group in "$@"; do
    packages=$(awk -v group="$group" '$1 == group { print $2 }' "$table")
    for package in $packages; do
        state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
        case $state in
        *" installed") ;;
        *) missing="$missing $package" ;;
        esac
    done
done
[ -n "$missing" ] || exit 0

echo "deps: these packages are missing and will be installed:"
for package in $missing; do
    awk -v package="$package" '$2 == package {
        why = $0
        sub(/^[^ ]+ +[^ ]+ +/, "", why)
        printf "  %-15s %s\n", package, why
    }' "$table"
done

if [ "$(id -u)" -eq 0 ]; then
    root=
elif command -v sudo >/dev/null; then
    root=sudo
else
    echo "deps: neither root nor sudo here; as root run:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

install() {
    # The list is words on purpose.
    # shellcheck disable=SC2086
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
        --no-install-recommends $missing </dev/null
}

# The index of packages is fetched only where the one at hand does not do.
if ! install; then
    echo "deps: fetching the index of packages"
    $root apt-get update -q </dev/null
    install
fi
