#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# certificates.sh - logging in by a certificate: good ones, and all that is
# wrong with others; revocation under live sessions.
# $BUILD says where the programs stand.
#
# start and stop go without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/parts/server.sh
pki=$folder/pki
reader=

clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    [ -z "$reader" ] || kill "$reader" 2>/dev/null
    rm -rf "$folder"
}

# ask NAME LINE... - with the certificate of NAME, "-" for none
ask() {
    name=$1
    shift
    set -- "$@" quit
    if [ "$name" = - ]; then
        printf '%s\n' "$@" | openssl s_client -quiet -verify_quiet \
            -CAfile "$data/ca.pem" -connect "$address"
    else
        printf '%s\n' "$@" | openssl s_client -quiet -verify_quiet \
            -CAfile "$data/ca.pem" -cert "$pki/$name.pem" \
            -key "$pki/$name.key" -connect "$address"
    fi
}

identity() {
    "$diptychd" user cert -d "$data" --identity "$@"
}

mkdir "$pki"
expect 0 "" tests/tools/pki.sh "$pki"
expect 0 "" "$diptychd" init -d "$data"
echo "correct horse" >"$folder/password"
for name in ann bob; do
    expect 0 "" "$diptychd" user add -d "$data" --team blue --role owner \
        --password-file "$folder/password" "$name"
done

# Names are recorded one by one, each for one user.
expect 0 "uri:diptych:ann logs in as user ann" identity uri:diptych:ann ann
expect 0 "" identity uri:diptych:bob bob
expect 73 "is recorded for a user already" identity uri:diptych:ann bob
expect 65 "can not be a name of a certificate" identity diptych:ann ann
expect 65 "can not be a name of a certificate" identity key:00ff ann
expect 65 "can not be a name of a certificate" identity uri: ann
expect 66 "there is no user zoe" identity uri:x zoe
expect 65 "is not recorded for user ann" identity uri:x --remove ann
expect 64 "--identity WORD is missing" "$diptychd" user cert -d "$data" ann

# Settings that can not be.
expect 65 "client-ca, which is not set" "$diptychd" serve -d "$data" \
    --mtls require
expect 66 "can not be read" "$diptychd" serve -d "$data" \
    --client-ca "$pki/none.pem"
expect 65 "holds no certificate of an authority" "$diptychd" serve \
    -d "$data" --client-ca "$pki/ca.key"
expect 65 "holds no list of revoked" "$diptychd" serve -d "$data" \
    --client-ca "$pki/ca.pem" --client-crl "$pki/ca.pem"

# Without the setting nobody is asked.
start
expect 0 "auth=password,token epoch" ask ann ping
expect 0 "err unsupported field=mechanism got=external" ask ann "auth external"
stop

start --client-ca "$pki/ca.pem" --client-crl "$pki/crl.pem"
expect 0 "auth=password,token,external epoch" ask - ping
expect 0 "ok user=ann role=owner team=blue" ask ann "auth external"
expect 0 "ok user=bob" ask bob "auth external"
expect 0 "ok user=ann" ask ann "auth external ann"
expect 0 "err auth" ask ann "auth external bob"
# A certificate alone logs nobody in, and passwords go on.
expect 0 "err auth # log in first" ask ann "list tender"
expect 0 "ok user=bob" ask ann 'login bob "correct horse"'
expect 0 "err auth field=certificate got=none" ask - "auth external"
expect 0 "ok user=ann" ask - 'login ann "correct horse"'
expect 0 "err state field=user got=ann" ask ann "auth external" \
    "auth external"
# Names that are nobody's, parts of names, common names, names of two.
expect 0 "err auth # The name" ask nobody "auth external"
expect 0 "err auth # The name" ask common "auth external"
expect 0 "err auth # The name" ask both "auth external"
# Certificates that are not good end the link.
for name in ended purpose stranger; do
    expect 1 "alert" ask $name "auth external"
done
# The same key under another name, and an address.
key=$(openssl pkey -in "$pki/nobody.key" -pubout -outform DER 2>/dev/null |
    openssl dgst -sha256 -r | cut -d' ' -f1)
expect 0 "logs in as user bob" identity "key:$key" bob
expect 0 "ok user=bob" ask nobody "auth external"
expect 0 "no longer logs in" identity "key:$key" --remove bob
expect 0 "err auth # The name" ask nobody "auth external"
expect 0 "" identity email:ann@example.org bob
expect 0 "err auth # The name" ask ann "auth external"
expect 0 "" identity email:ann@example.org --remove bob

# The bundled client shows one, too.
diptych() {
    HOME=$folder "${BUILD:-build}/diptych" -H "$address" \
        --ca "$data/ca.pem" "$@"
}
expect 0 "ok id=T-1" diptych --cert "$pki/ann.pem" --key "$pki/ann.key" \
    -f lines add tender code=NB
expect 0 "" diptych --cert "$pki/bob.pem" --key "$pki/bob.key" -u bob \
    list tender
expect 77 "auth" diptych --cert "$pki/bob.pem" --key "$pki/bob.key" -u ann \
    list tender
expect 69 "can not use the certificate" diptych --cert "$pki/bob.pem" \
    --key "$pki/ann.key" list tender

# hold NAME - a session by certificate that stays, and its output
hold() {
    mkfifo "$folder/in"
    openssl s_client -quiet -verify_quiet -CAfile "$data/ca.pem" \
        -cert "$pki/$1.pem" -key "$pki/$1.key" -connect "$address" \
        <"$folder/in" >"$folder/held" 2>&1 &
    reader=$!
    exec 3>"$folder/in"
    echo "auth external" >&3
    expect 0 "" await "ok user=" "$folder/held"
}

release() {
    exec 3>&-
    rm "$folder/in"
    wait "$reader"
    reader=
}

# Revoked: the session ends when the list is read again, and no other.
hold ann
expect 0 "" tests/tools/pki.sh "$pki" revoke ann
kill -HUP "$server"
expect 0 "" await "bye reason=revoked" "$folder/held"
release
expect 1 "alert" ask ann "auth external"
expect 0 "ok user=bob" ask bob "auth external"
hold bob
kill -HUP "$server"
expect 0 "" await "what=reloaded" "$folder/log"
echo ping >&3
expect 0 "" await "ok" "$folder/held"
# The name is taken away: so it ends, too.
expect 0 "" identity uri:diptych:bob --remove bob
expect 0 "" await "bye reason=removed" "$folder/held"
release
stop
expect 0 "findings=0" "$diptychd" check -d "$data"

# A closed site: nothing without a certificate.
start --client-ca "$pki/ca.pem" --mtls require
expect 1 "alert" ask - ping
expect 0 "ok user=ann" ask bob 'login ann "correct horse"'
stop

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
