#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# docs.sh - that the documents are what the program says, lead somewhere, and
# hold no word that only its makers would understand.
set -u
cd "$(dirname "$0")/.." || exit 1
: "${BUILD:=build/release}"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0
failed=0

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

reference_is_current() {
    "$BUILD/tests/tools/reference" | diff docs/reference.md -
}

packages_are_the_same() {
    awk '!/^#/ && NF {
        why = $0
        sub(/^[^ ]+ +[^ ]+ +/, "", why)
        print "| " $1 " | " $2 " | " why " |"
    }' deps.txt >"$place/deps"
    sed -n '/<!-- deps -->/,/<!-- \/deps -->/p' README.md | grep '^| [^f]' |
        diff "$place/deps" -
}

# Every link of a page to a file leads to one.
links_lead_somewhere() {
    for page in *.md docs/*.md tests/talk/*.md; do
        sed -n 's/.*](\([^)#]*\)[^)]*).*/\1/p' "$page" | while read -r link; do
            case $link in http*) continue ;; esac
            [ -e "$(dirname "$page")/$link" ] || echo "$page: $link"
        done
    done >"$place/broken"
    cat "$place/broken"
    [ ! -s "$place/broken" ]
}

# Every target that the documents name as one.
targets_exist() {
    grep -ohE '(`|^)make [a-z]+' ./*.md docs/*.md tests/talk/*.md |
        tr -d '`' | sort -u | while read -r _ target; do
        grep -q "^$target:" Makefile || echo "make $target"
    done >"$place/broken"
    cat "$place/broken"
    [ ! -s "$place/broken" ]
}

nothing_private() {
    ! grep -rnE '/home/|/root/|\.\./shared' ./*.md docs Makefile .ci/run \
        examples protocol value db server client certs
}

claim "docs/reference.md is what the tables say (make docs)" reference_is_current
claim "README.md lists the packages of deps.txt" packages_are_the_same
claim "links lead somewhere" links_lead_somewhere
claim "targets that are named exist" targets_exist
claim "no path of one machine is named" nothing_private
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
