#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh - a server of one's own in build/run, in the foreground.  RUN names
# another folder, LISTEN another address, BUILD where the programs stand.
#
# The first time it makes the database and a user with the name of whoever
# runs it, owner of the team "home"; the data stays until "make clean".
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$root/build}
folder=${RUN:-$root/build/run}
data=$folder/data
user=$(id -un)
listen=${LISTEN:-127.0.0.1:7766}

mkdir -p "$folder"
if [ ! -e "$data/diptych.db" ]; then
    (umask 077 && openssl rand -hex 12 >"$folder/password")
    "$build/diptychd" init -d "$data"
    "$build/diptychd" user add -d "$data" --team home --role owner \
        --password-file "$folder/password" "$user"
fi

cat <<EOF
A server of your own on $listen; Ctrl-C ends it, the data stays in
$folder
In another terminal, in the folder of the repository:

  build/diptych -H $listen --ca "$data/ca.pem" -u $user -p "$folder/password" login
  build/diptych                                a session; "help" lists the verbs
  build/diptych import examples/night-bus/notice.xml

or with nothing but OpenSSL; the password stands in
$folder/password

  openssl s_client -quiet -CAfile "$data/ca.pem" -connect localhost:${listen##*:}
  login $user PASSWORD

EOF
exec "$build/diptychd" serve -d "$data" -l "$listen"
