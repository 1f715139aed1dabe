#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# demo.sh - from a published notice to two value propositions.
#
# Everything happens in a temporary folder, on a free port of this machine,
# and is gone afterwards.  BUILD says where the programs stand.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BUILD:-$root/build}
case $build in /*) ;; *) build=$root/$build ;; esac

# Side by side where the terminal has room for both propositions.
columns=132
if [ -t 1 ]; then
    columns=$(stty size <&1 2>/dev/null | cut -d " " -f 2)
fi
case $columns in "" | 0 | *[!0-9]*) columns=132 ;; esac

dir=$(mktemp -d "${TMPDIR:-/tmp}/diptych-demo.XXXXXX")
server=
watcher=

clean_up() {
    status=$?
    trap - EXIT INT TERM
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    if [ "$status" -ne 0 ] && [ -s "$dir/log" ]; then
        echo "The demonstration stopped; the server's log ends with:" >&2
        tail -n 5 "$dir/log" >&2
    fi
    rm -rf "$dir"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

step() {
    printf '\n== %s\n\n' "$1"
}

# What is typed is shown; paths are left out.
typed() {
    printf '%s$ diptych %s\n' "$1" "$2"
}

as() {
    local name=$1
    shift
    HOME=$dir "$build/diptych" -H "$address" --ca "$dir/certs/ca.pem" \
        -u "$name" -p "$dir/$name.password" --lang en "$@"
}

step "A server of our own, with certificates and two people"
"$root/certs/make.sh" "$dir/certs" | sed "s:$dir/::"
"$build/diptychd" init -d "$dir/data" >/dev/null
for person in "ann owner" "bob editor"; do
    name=${person% *}
    (umask 077 && openssl rand -hex 12 >"$dir/$name.password")
    "$build/diptychd" user add -d "$dir/data" --team night-bus \
        --role "${person#* }" --password-file "$dir/$name.password" "$name"
done
mkfifo "$dir/ready"
"$build/diptychd" serve -d "$dir/data" -l 127.0.0.1:0 \
    --cert "$dir/certs/server.pem" --key "$dir/certs/server.key" \
    >"$dir/ready" 2>"$dir/log" &
server=$!
read -r word address <"$dir/ready" && [ "$word" = listening ]
echo "The server listens on $address, for this machine alone."

step "The buyer's notice becomes a tender with its criteria"
typed ann "import notice.xml"
(cd "$here" && as ann import notice.xml)
typed ann "list criterion"
as ann -q --table list criterion fields=code,name,sort,weight

step "Bob watches while Ann records what the team knows"
exec 3< <(as bob watch NB 2>&1)
watcher=$!
read -r -t 20 line <&3
case $line in
"ok watch="*) typed bob "watch NB" ;;
*) echo "$line" >&2 && exit 1 ;;
esac
typed ann "< team.dpt"
answers=$(as ann <"$here/team.dpt")
changes=$(echo "$answers" | grep -c '^  done ')
echo "$changes changes recorded, all or nothing: bids, marks, users, needs."
echo "Bob has seen them arrive:"
shown=0
while [ "$shown" -lt 4 ] && read -r -t 20 line <&3; do
    printf '  %.76s\n' "$line"
    shown=$((shown + 1))
done
echo "  ..."
kill "$watcher"
watcher=

step "One record, two value propositions"
typed ann "report NB"
as ann --table --columns "$columns" report NB

step "Going on by hand"
cat <<EOF
This server and its data are gone now.  For one that stays:

  make run                          starts it and says what to type
  build/diptych                     then talks to it
  build/diptych import NOTICE.xml   reads a notice of your own

README.md shows a first session, by this client and by openssl alone.
EOF
