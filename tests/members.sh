#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# members.sh - users and teams, changed with no server running and beside one:
# the same commands, the same words, the same result.
# $BUILD says where the programs stand.
#
# start and stop go without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/parts/server.sh

# login NAME - what the server answers to the password in $folder/secret
login() {
    printf 'login %s "correct horse"\nlist party\nquit\n' "$1" |
        openssl s_client -quiet -verify_quiet -CAfile "$data/ca.pem" \
            -connect "$address"
}

add() {
    "$diptychd" user add -d "$data" --password-file "$folder/secret" "$@"
}

on() {
    action=$1
    shift
    # shellcheck disable=SC2086 # the action is two words
    "$diptychd" $action -d "$data" "$@"
}

# every NAME... - all commands, about users of these three names
every() {
    expect 0 "added user $1, owner of team blue" add --team blue --role owner "$1"
    expect 73 "there is a user $1 already" add --team blue --role reader "$1"
    expect 65 "can not be the name of a user" add --team blue --role reader "a b"
    expect 65 "can not be the name of a team" add --team "a b" --role reader new
    expect 64 "--team TEAM is missing" add --role reader "$2"
    expect 0 "added user $2, admin of the server" add --role admin "$2"
    expect 0 "user $1 is scorer of team blue now, and was owner" \
        on "user role" --role scorer "$1"
    expect 65 "an admin is in no team" on "user role" --role admin "$1"
    expect 65 "an admin is in no team" on "user role" --role owner "$2"
    expect 66 "there is no user nobody" on "user role" --role owner nobody
    expect 0 "changed the password of $1" \
        on "user passwd" --password-file "$folder/secret" "$1"
    expect 66 "can not be read" on "user passwd" --password-file "$folder/none" "$1"
    expect 0 "added team $3" on "team add" "$3"
    expect 73 "there is a team $3 already" on "team add" "$3"
    expect 65 "can not be the name of a team" on "team add" "@server"
    expect 0 "team=$3 users=0 seq=0 created=" on "team list"
    expect 0 "user=$1 role=scorer team=blue created=" on "user list"
    expect 0 "user=$2 role=admin team=\"@server\"" on "user list"
    expect 0 "user=$1 role=scorer" on "user list" --team blue
    expect 1 "" grep -q "user=$2" "$folder/said"
    expect 66 "there is no team nowhere" on "user list" --team nowhere
    expect 0 "deleted user $1; the history keeps the name" on "user del" "$1"
    expect 66 "there is no user $1" on "user del" "$1"
    expect 65 "add --again" add --team blue --role owner "$1"
    expect 0 "added user $1, reader of team blue" \
        add --team blue --role reader --again "$1"
    expect 0 "findings=0" on check
}

(umask 077 && echo "correct horse" >"$folder/secret")
expect 66 "diptychd init -d" on "user del" ann
expect 66 "diptychd init -d" on "user list"
expect 0 "made" on init
expect 0 "700" stat -c %a "$data"

every ann root green

start
expect 0 "600" stat -c %a "$data/diptych.sock"
expect 0 "role=reader" login ann
every bob boss yellow
expect 0 "role=reader" login bob
expect 0 "role=admin" login boss
expect 0 "err denied" login boss
expect 0 "deleted user boss" on "user del" boss
expect 0 "err auth" login boss
stop
expect 1 "" test -e "$data/diptych.sock"

# The name of the folder is longer than the address of a socket.
long=$folder/$(printf '%0120d' 0)
mv "$data" "$long"
data=$long
start
expect 0 "user ann is editor" on "user role" --role editor ann
stop
data=$folder/data
mv "$long" "$data"

# Nobody is asked where others may enter; the server serves all the same.
chmod 755 "$data"
start
expect 0 "chmod 700" grep what=no-control "$folder/log"
expect 75 "no server answers there" on "user del" ann
expect 0 "role=editor" login ann
stop
chmod 700 "$data"

# What a server that was killed has left is no hindrance.
start
kill -9 "$server"
wait "$server" 2>/dev/null
server=
expect 0 "" test -S "$data/diptych.sock"
expect 0 "user ann is owner" on "user role" --role owner ann
start
expect 0 "user ann is reader" on "user role" --role reader ann

# Others are turned away by the kernel's word for who they are.
if [ "$(id -u)" -eq 0 ] && chmod 711 "$folder"; then
    chmod 777 "$data" "$data/diptych.sock"
    expect 0 "" setpriv --reuid 65534 --regid 65534 --clear-groups \
        socat -u /dev/null "UNIX-CONNECT:$data/diptych.sock"
    expect 0 "uid=65534" timeout 10 sh -c \
        "until grep what=control-refused '$folder/log'; do sleep 0.1; done"
    chmod 700 "$data"
else
    echo "skipped: only root can play somebody else"
fi
stop
expect 0 "findings=0" on check

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
