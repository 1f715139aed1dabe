#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# server.sh - for scripts that start servers: a folder of their own that goes
# away, what is expected of a command, start and stop.  It is read by them,
# from the top of the repository.
#
# What is set here is for those who read it:
# shellcheck disable=SC2034
diptychd=${BUILD:-build}/diptychd
folder=$(mktemp -d)
data=$folder/data
server=
passed=0
failed=0

clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$folder"
}
trap clean_up EXIT

# expect STATUS WORDS COMMAND... - what it ends with, and what it says
expect() {
    status=$1
    words=$2
    shift 2
    "$@" >"$folder/said" 2>&1 </dev/null
    got=$?
    if [ "$got" -eq "$status" ] &&
        { [ -z "$words" ] || grep -qF -e "$words" "$folder/said"; }; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAILED $*"
    echo "  wanted status $status and: $words"
    echo "  got status $got and: $(cat "$folder/said")"
}

# await WORDS FILE - until it stands there, or ten seconds have passed
await() {
    for _ in $(seq 100); do
        grep -qF -e "$1" "$2" && return
        sleep 0.1
    done
    cat "$folder/log"
    return 1
}

# start OPTION... - a server on the data; its address is in $address
start() {
    # That of the server before must not be read once more.
    : >"$folder/address"
    "$diptychd" serve -d "$data" -l 127.0.0.1:0 "$@" \
        >"$folder/address" 2>"$folder/log" &
    server=$!
    expect 0 "" await "listening " "$folder/address"
    address=$(sed -n 's/^listening //p' "$folder/address")
}

# stop [STATUS] - end it, and expect that status, 0 unless told otherwise
stop() {
    kill "$server"
    wait "$server"
    expect 0 "" test $? -eq "${1:-0}"
    server=
}
