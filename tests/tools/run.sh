#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh - a server of one's own in build/run, in the foreground.
#
# The first time it makes the database and a user with the name of whoever
# runs it, owner of the team "home"; the data stays until "make clean".
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/build/run
data=$folder/data
user=$(id -un)
listen=${LISTEN:-127.0.0.1:7766}

mkdir -p "$folder"
if [ ! -e "$data/diptych.db" ]; then
    (umask 077 && openssl rand -hex 12 >"$folder/password")
    "$root/build/diptychd" init -d "$data"
    "$root/build/diptychd" user add -d "$data" --team home --role owner \
        --password-file "$folder/password" "$user"
fi

cat <<EOF
A server of your own on $listen; Ctrl-C ends it, the data stays in build/run.
In another terminal, in this folder:

  build/diptych -H $listen --ca build/run/data/ca.pem -u $user -p build/run/password login
  build/diptych                                a session; "help" lists the verbs
  build/diptych import examples/night-bus/notice.xml

or with nothing but OpenSSL; the password stands in build/run/password:

  openssl s_client -quiet -CAfile build/run/data/ca.pem -connect $listen
  login $user PASSWORD

EOF
exec "$root/build/diptychd" serve -d "$data" -l "$listen"
