#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# program.sh - the program diptychd as an administrator meets it: each mistake
# has a sentence and an exit status, and certs/make.sh makes what it takes.
# $BUILD says where the programs stand.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/parts/server.sh

add_user() {
    "$diptychd" user add -d "$data" --team blue --role owner \
        --password-file "$@"
}

# talk CA hostname|ip NAME - a conversation with whom the name is checked of
talk() {
    printf 'ping\nquit\n' | openssl s_client -quiet -verify_quiet \
        -verify_return_error -CAfile "$1" "-verify_$2" "$3" -connect "$address"
}

# ask CA REQUEST - one request of ann
ask() {
    printf 'login ann "correct horse"\n%s\nquit\n' "$2" |
        openssl s_client -quiet -verify_quiet -CAfile "$1" -connect "$address"
}

# talk_lines CA LINE... - a conversation of some lines
talk_lines() {
    ca=$1
    shift
    printf '%s\n' "$@" quit |
        openssl s_client -quiet -verify_quiet -CAfile "$ca" -connect "$address"
}

# logged WORDS - wait until the server has logged them
logged() {
    expect 0 "" await "$1" "$folder/log"
}

# The command line.
expect 64 "what shall be done is missing" "$diptychd"
expect 64 "usage: diptychd init -d DIR" "$diptychd" init
expect 0 "diptychd serve -d DIR" "$diptychd" help
expect 0 "diptychd " "$diptychd" --version

# The database.
expect 66 "there is no database" "$diptychd" serve -d "$data"
expect 66 "diptychd init -d" "$diptychd" serve -d "$data"
expect 66 "there is no database" "$diptychd" check -d "$data"
expect 0 "made $data/diptych.db" "$diptychd" init -d "$data"
expect 73 "there is a database already" "$diptychd" init -d "$data"
expect 0 "findings=0" "$diptychd" check -d "$data"

# Users.
(umask 077 && echo "correct horse" >"$folder/secret")
echo "correct horse" >"$folder/open"
chmod 644 "$folder/open"
: >"$folder/empty"
expect 66 "can not be read" add_user "$folder/no-file" ann
expect 65 "no bytes; a password has 1 to" add_user "$folder/empty" ann
expect 64 'no role "chief"' "$diptychd" user add -d "$data" --team blue \
    --role chief --password-file "$folder/secret" ann
expect 65 "can not be the name of a user" add_user "$folder/secret" "a b"
expect 0 "added user ann, owner of team blue" add_user "$folder/secret" ann
expect 73 "there is a user ann already" add_user "$folder/secret" ann
expect 0 "others can read $folder/open" add_user "$folder/open" bob
expect 66 "there is no user eve" "$diptychd" user passwd -d "$data" \
    --password-file "$folder/secret" eve
expect 0 "changed the password of ann" "$diptychd" user passwd -d "$data" \
    --password-file "$folder/secret" ann

# Beside a running server.
start
expect 0 "bye reason=quit" talk "$data/ca.pem" hostname localhost
expect 0 "bye reason=quit" talk "$data/ca.pem" ip 127.0.0.1
expect 1 "" talk "$data/ca.pem" hostname tender.example
expect 0 "added user carl" add_user "$folder/secret" carl
expect 75 "another server" "$diptychd" serve -d "$data" -l 127.0.0.1:0
expect 0 "findings=0" "$diptychd" check -d "$data"
expect 0 "made $folder/backup" "$diptychd" backup -d "$data" "$folder/backup"
expect 73 "there is such a file" "$diptychd" backup -d "$data" "$folder/backup"
expect 0 "restored" "$diptychd" restore -d "$folder/again" "$folder/backup"
expect 0 "findings=0" "$diptychd" check -d "$folder/again"
expect 69 "address already in use" \
    "$diptychd" serve -d "$folder/again" -l "$address"
stop 0
expect 73 "there is a database" "$diptychd" restore -d "$data" "$folder/backup"

# The log at its most talkative holds no secret, not even a mistyped one.
start --log-level debug
expect 0 "token=" ask "$data/ca.pem" "login ann \"correct horse\""
token=$(sed -n 's/.*token=\([^ ]*\).*/\1/p' "$folder/said")
expect 0 "err auth" talk_lines "$data/ca.pem" 'login ann "wrong donkey"' \
    'login "correct horse" ann' "auth token ${token}x" "auth token $token"
stop 0
expect 0 "what=login-failed" cat "$folder/log"
expect 0 "what=left" cat "$folder/log"
expect 1 "" grep -E "horse|donkey|$token" "$folder/log"

# Settings: a wrong line stops the start, a right one can be read again.
conf=$data/diptychd.conf
expect 0 "rows = 1000 " "$diptychd" config -d "$data"
expect 0 "# --rows" "$diptychd" config -d "$data" --rows 2000
expect 64 "did you mean --rows?" "$diptychd" serve -d "$data" --rosw 2000
expect 64 "allowed: 1000 to 100000" "$diptychd" serve -d "$data" --rows 5
expect 66 "$folder/no.conf can not be read" \
    "$diptychd" serve -d "$data" --config "$folder/no.conf"
printf '# mine\nids = 5\nlisten here\n' >"$conf"
expect 78 "$conf:3: \"listen here\"; allowed: word = value" \
    "$diptychd" serve -d "$data"
expect 78 "$conf:3" "$diptychd" config -d "$data"
printf '# mine\nids = 5\n' >"$conf"
expect 0 "$conf:2" "$diptychd" config -d "$data"
start
expect 0 "allowed=5" ask "$data/ca.pem" 'show A-1 A-1 A-1 A-1 A-1 A-1'
printf 'ids = 4\nsessions = 9\n' >"$conf"
kill -HUP "$server"
logged "what=reloaded"
expect 0 'was=5 now=4' grep what=setting-changed "$folder/log"
expect 0 'name=sessions' grep what=setting-waits-for-restart "$folder/log"
expect 0 "allowed=4" ask "$data/ca.pem" 'show A-1 A-1 A-1 A-1 A-1 A-1'
printf 'ids = 0\n' >"$conf"
kill -HUP "$server"
logged "what=reload-failed"
expect 0 'ids is' grep what=reload-failed "$folder/log"
expect 0 "allowed=4" ask "$data/ca.pem" 'show A-1 A-1 A-1 A-1 A-1 A-1'
stop 0
rm "$conf"

# A database of an earlier version.
data=$folder/old
mkdir -m 700 "$data" "$folder/other"
sqlite3 "$data/diptych.db" <tests/samples/version-1.sql >/dev/null
cp "$data/diptych.db" "$folder/other"
expect 65 "diptychd upgrade, or serve, brings it up to date" \
    "$diptychd" check -d "$data"
expect 65 "diptychd upgrade" "$diptychd" user list -d "$data"
start
expect 0 "from version 1" grep what=upgraded "$folder/log"
expect 0 "findings=0" "$diptychd" check -d "$data"
grep ^head= "$folder/said" >"$folder/head"
expect 0 "" sh -c "ls '$data'/before-upgrade-*.db"
stop 0
expect 0 "is of this version already" "$diptychd" upgrade -d "$data"
expect 0 "copied the database to" "$diptychd" upgrade -d "$folder/other"
expect 0 "findings=0" "$diptychd" check -d "$folder/other"
mv "$folder/said" "$folder/report"
expect 0 "" grep -qxF -f "$folder/head" "$folder/report"
sqlite3 "$data/diptych.db" "PRAGMA user_version=99"
expect 65 "version 99" "$diptychd" upgrade -d "$data"
expect 65 "version 99" "$diptychd" serve -d "$data" -l 127.0.0.1:0
data=$folder/data

# Certificates of one's own.
certs=$folder/certs
expect 64 "usage: make.sh DIR" certs/make.sh
expect 64 '"server" is taken' certs/make.sh "$certs" server
expect 64 '"../x" can not be a name' certs/make.sh "$certs" ../x
expect 0 "made $certs/ann.pem" certs/make.sh "$certs" ann
cp "$certs/ca.pem" "$folder/ca.pem"
expect 0 "made $certs/server.pem" env HOSTS="tender.example 192.0.2.7" \
    certs/make.sh "$certs" ann
expect 0 "" env HOSTS="tender.example 192.0.2.7" certs/make.sh "$certs" ann
expect 1 "" test -s "$folder/said"
expect 0 "" cmp "$certs/ca.pem" "$folder/ca.pem"
expect 0 "OK" openssl verify -x509_strict -purpose sslclient \
    -CAfile "$certs/ca.pem" "$certs/ann.pem"
expect 0 "600" stat -c %a "$certs/ca.key" "$certs/server.key" "$certs/ann.key"
expect 1 "" sh -c "stat -c %a $certs/*.key | grep -v 600"
expect 66 "no.pem can not be read" "$diptychd" serve -d "$data" \
    --cert "$certs/no.pem" --key "$certs/server.key"
expect 65 "holds no key of the certificate" "$diptychd" serve -d "$data" \
    --cert "$certs/server.pem" --key "$certs/ann.key"
start --cert "$certs/server.pem" --key "$certs/server.key"
expect 0 "bye reason=quit" talk "$certs/ca.pem" hostname tender.example
expect 0 "bye reason=quit" talk "$certs/ca.pem" ip 192.0.2.7
expect 1 "" talk "$data/ca.pem" hostname localhost
stop 0

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
