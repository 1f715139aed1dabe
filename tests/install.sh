#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# install.sh - that "make install" puts a working set somewhere, and that
# "make run" gives a server that can be talked to.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
BUILD=$(cd "${BUILD:-$root/build}" && pwd)
place=$(mktemp -d "${TMPDIR:-/tmp}/install XXXXXX")
server=
passed=0
failed=0

clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$place"
}
trap clean_up EXIT

claim() {
    sentence=$1
    shift
    if "$@" >"$place/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $sentence"
        cat "$place/out"
    fi
}

claim "make install" make -s -C "$root" install DESTDIR="$place/root" PREFIX=/usr
claim "the server is there" "$place/root/usr/bin/diptychd" version
claim "the client is there" "$place/root/usr/bin/diptych" --version
claim "certificates can be made" \
    sh "$place/root/usr/share/diptych/certs/make.sh" "$place/certs"
for page in man1/diptych.1 man5/diptych.5 man7/diptych.7 man8/diptychd.8; do
    claim "$page is there" grep -q "^.SH NAME" \
        "$place/root/usr/share/man/$page"
done
for program in diptych diptychd; do
    # shellcheck disable=SC2016
    claim "the words of $program are completed" bash -c \
        '. "$1" && complete -p "$2"' - \
        "$place/root/usr/share/bash-completion/completions/$program" "$program"
done
claim "a template is there" \
    test -s "$place/root/usr/share/diptych/templates/health.fr.dpt"
claim "the protocol can be read" \
    test -s "$place/root/usr/share/doc/diptych/protocol.md"

# make run, in a folder of its own and on a free port.
mkfifo "$place/ready"
BUILD=$BUILD RUN=$place/run LISTEN=127.0.0.1:0 "$root/tests/tools/run.sh" \
    >"$place/ready" 2>"$place/log" &
server=$!
address=
while read -r word rest; do
    if [ "$word" = listening ]; then
        address=$rest
        break
    fi
done <"$place/ready"
claim "make run gives a server" test -n "$address"
claim "its user can log in" env HOME="$place" "$BUILD/diptych" -H "$address" \
    --ca "$place/run/data/ca.pem" -u "$(id -un)" -p "$place/run/password" login
claim "and work from then on" env HOME="$place" "$BUILD/diptych" add tender code=NB
claim "the installed client finds the installed templates" env HOME="$place" \
    "$place/root/usr/bin/diptych" -t NB template works
claim "a second one of the same folder is refused" sh -c '! "$@"' - \
    "$BUILD/diptychd" serve -d "$place/run/data" -l 127.0.0.1:0
kill "$server"
claim "it ends in good order" wait "$server"
server=
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
