#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# pki.sh DIR - certificates of clients, good and bad, for the tests.
#
# Leaves in DIR ca.pem and crl.pem, other.pem (another authority), and a pair
# NAME.pem NAME.key for each certificate below.  "pki.sh DIR revoke NAME"
# revokes one and writes crl.pem anew.
set -eu
umask 077

dir=$1
cd "$dir"

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -keyout "$1.key" -out "$1.pem" -days 30 -subj "/CN=$1" \
        -addext "basicConstraints=critical,CA:TRUE" \
        -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
    mkdir -p "$1.d"
    : >"$1.d/index"
    echo 01 >"$1.d/serial"
    echo 01 >"$1.d/crlnumber"
    cat >"$1.cnf" <<END
[ca]
default_ca = it
[it]
database = $1.d/index
serial = $1.d/serial
crlnumber = $1.d/crlnumber
new_certs_dir = $1.d
certificate = $1.pem
private_key = $1.key
default_md = sha256
default_days = 20
default_crl_days = 20
policy = any
unique_subject = no
[any]
commonName = supplied
END
}

# certificate AUTHORITY NAME USAGE ALTERNATIVE-NAMES [DATES...]
certificate() {
    authority=$1 name=$2 usage=$3 names=$4
    shift 4
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -keyout "$name.key" -out "$name.csr" -subj "/CN=ann" 2>/dev/null
    printf 'basicConstraints=critical,CA:FALSE\n' >"$name.ext"
    printf 'extendedKeyUsage=%s\nsubjectAltName=%s\n' "$usage" "$names" \
        >>"$name.ext"
    openssl ca -batch -config "$authority.cnf" -in "$name.csr" -notext \
        -extfile "$name.ext" -out "$name.pem" "$@" 2>/dev/null
}

list_revoked() {
    openssl ca -config ca.cnf -gencrl -out crl.pem 2>/dev/null
}

if [ "${2:-}" = revoke ]; then
    openssl ca -config ca.cnf -revoke "$3.pem" 2>/dev/null
    list_revoked
    exit
fi
authority ca
authority other
certificate ca ann clientAuth URI:diptych:ann,email:ann@example.org
certificate ca bob clientAuth URI:diptych:bob
certificate ca both clientAuth URI:diptych:ann,URI:diptych:bob
certificate ca nobody clientAuth URI:diptych:annabel
certificate ca common clientAuth DNS:ann
certificate ca ended clientAuth URI:diptych:ann \
    -startdate 20200101000000Z -enddate 20200201000000Z
certificate ca purpose serverAuth URI:diptych:ann
certificate other stranger clientAuth URI:diptych:ann
list_revoked
