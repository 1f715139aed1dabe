#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# make.sh DIR [NAME...] - certificates for trying out and for a closed site.
#
# Leaves in DIR, unless they are there and still good:
#   ca.pem      ca.key        a certificate authority of your own, 10 years
#   server.pem  server.key    for localhost, 127.0.0.1 and ::1, and for the
#                             names and addresses in HOSTS, blank between them
#   NAME.pem    NAME.key      a certificate for each user NAME, who logs in by it
#                             after "diptychd user cert --identity uri:diptych:NAME"
#
# An authority that is there is kept, so that who trusts its ca.pem goes on
# doing so.  Give ca.pem to users; keep the keys to yourself.
set -eu
umask 077

ca_days=3650
days=825
# Made anew when it ends within so many seconds: 14 days.
soon=1209600

die() {
    echo "make.sh: $1" >&2
    exit "$2"
}

# Whether NAME.pem is there, has its key, and does not end soon.
is_good() {
    [ -f "$dir/$1.pem" ] && [ -f "$dir/$1.key" ] &&
        openssl x509 -in "$dir/$1.pem" -noout -checkend "$soon" >/dev/null 2>&1
}

# Whether the server's certificate holds all of HOSTS.
is_for_hosts() {
    for host in ${HOSTS:-}; do
        openssl x509 -in "$dir/server.pem" -noout -checkhost "$host" \
            -checkip "$host" | grep -q 'does match' || return 1
    done
}

# make_key NAME
make_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
        -out "$dir/$1.key.new"
}

# publish NAME - the certificate is for everybody, its key is not.
publish() {
    chmod 644 "$dir/$1.pem.new"
    mv -f "$dir/$1.key.new" "$dir/$1.key"
    mv -f "$dir/$1.pem.new" "$dir/$1.pem"
    echo "made $dir/$1.pem"
}

make_ca() {
    make_key ca
    openssl req -x509 -new -key "$dir/ca.key.new" -sha256 -days "$ca_days" \
        -subj "/O=Diptych development/CN=Diptych development CA" \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" \
        -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -out "$dir/ca.pem.new"
    publish ca
}

# sign NAME COMMON-NAME USAGE ALTERNATIVE-NAMES
sign() {
    make_key "$1"
    cat >"$dir/$1.ext" <<END
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = $3
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $4
END
    openssl req -new -key "$dir/$1.key.new" -out "$dir/$1.csr" \
        -subj "/O=Diptych development/CN=$2"
    openssl x509 -req -in "$dir/$1.csr" -CA "$dir/ca.pem" \
        -CAkey "$dir/ca.key" -set_serial "0x7f$(openssl rand -hex 15)" \
        -sha256 -days "$days" -extfile "$dir/$1.ext" \
        -out "$dir/$1.pem.new" 2>/dev/null ||
        die "openssl could not sign $1" 70
    rm -f "$dir/$1.ext" "$dir/$1.csr"
    publish "$1"
}

server_names() {
    names="DNS:localhost,IP:127.0.0.1,IP:::1"
    for host in ${HOSTS:-}; do
        case $host in
        *[!0-9.:a-fA-F]*) names="$names,DNS:$host" ;;
        *:* | *.*.*.*) names="$names,IP:$host" ;;
        *) names="$names,DNS:$host" ;;
        esac
    done
    echo "$names"
}

check_name() {
    case $1 in
    ca | server) die "\"$1\" is taken: it can not be a user's name" 64 ;;
    '' | -* | .* | *[!A-Za-z0-9._-]*)
        die "\"$1\" can not be a name; allowed: letters, digits, . _ -" 64 ;;
    esac
}

[ $# -ge 1 ] || die "usage: make.sh DIR [NAME...]" 64
case $1 in
-*) die "usage: make.sh DIR [NAME...]" 64 ;;
esac
dir=$1
shift
for name in "$@"; do
    check_name "$name"
done
command -v openssl >/dev/null || die "the program openssl is missing" 69
mkdir -p "$dir" || die "$dir can not be made" 73

if [ -f "$dir/ca.pem" ] && [ ! -f "$dir/ca.key" ]; then
    die "$dir/ca.pem is there but $dir/ca.key is not; put it there to sign" 66
fi
[ -f "$dir/ca.pem" ] || make_ca
is_good ca ||
    die "$dir/ca.pem has ended, or will in two weeks; remove it, and give \
everybody the one that is then made" 65
if ! is_good server || ! is_for_hosts; then
    sign server localhost serverAuth "$(server_names)"
fi
for name in "$@"; do
    is_good "$name" || sign "$name" "$name" clientAuth "URI:diptych:$name"
done
