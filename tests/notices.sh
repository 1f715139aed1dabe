#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# notices.sh - published notices imported into a running server, and what is
# then recorded compared with the tables of what they say.
#
# Some of the files share identifiers, so each gets a procedure and a notice of
# its own first; a change is then imported once more as it was published.
# $BUILD says where the programs stand.
set -u
notices=../shared/data/eforms/notices
tables=../shared/data/eforms/expected
bin=$(cd "${BUILD:-build/release}" && pwd)
if [ ! -r "$tables/lots.csv" ]; then
    echo "skipped: no published notices beside the project"
    echo "0 passed, 0 failed"
    exit 0
fi

work=$(mktemp -d)
server=
passed=0
failed=0

finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT

# same NAME GOT WANT: two files hold the same lines, in whatever order.
same() {
    sort "$2" >"$2.sorted"
    sort "$3" >"$3.sorted"
    if [ -s "$3" ] && cmp -s "$2.sorted" "$3.sorted"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$1: recorded (<) is not as published (>):"
        diff "$2.sorted" "$3.sorted"
    fi
}

# expect NAME PATTERN FILE: a line of the file is as the pattern says.
expect() {
    if grep -qE -- "$2" "$3"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$1: no line \"$2\" in:"
        cat "$3"
    fi
}

umask 077
echo "a long enough password" >"$work/pw"
"$bin/diptychd" init -d "$work/data" >/dev/null
"$bin/diptychd" user add -d "$work/data" --team blue --role owner \
    --password-file "$work/pw" ann >/dev/null
mkfifo "$work/ready"
"$bin/diptychd" serve -d "$work/data" -l 127.0.0.1:0 >"$work/ready" \
    2>"$work/log" &
server=$!
read -r _ address <"$work/ready"

ask() {
    "$bin/diptych" -H "$address" -u ann -p "$work/pw" \
        --ca "$work/data/ca.pem" "$@"
}

# The rows of a list without kind and id, a value a word, in a fixed order.
list() {
    ask list "$1" limit=1000 fields="$2" |
        sed -n "s/^  $1 [A-Z]*-[0-9]* *//p"
}

n=10
for file in "$notices"/*.xml; do
    n=$((n + 1))
    sed -e "s|\(<cbc:ContractFolderID[^>]*>\)[^<]\{1,\}<|\1procedure-$n<|" \
        -e "s|\(schemeName=\"notice-id\">\)[^<]*<|\1notice-$n<|" \
        "$file" >"$work/${file##*/}"
done
ask import "$work"/*.xml >"$work/said" 2>"$work/warned"
expect "an empty notice is refused, saying where" \
    'INVALID_cn_24_empty.xml:[0-9]+: <ContractNotice> has neither' \
    "$work/warned"
expect "a flattened list of weights is warned of" \
    '20-156049.*criterion C1 weighs as much as the 4 that follow' \
    "$work/warned"

list lot code,sort >"$work/lots"
awk -F, 'NR > 1 && $1 ~ /xml$/ {
    print "code=" $2 " sort=" ($3 == "Lot" ? "lot" : "group") }' \
    "$tables/lots.csv" >"$work/lots.want"
same "lots and groups" "$work/lots" "$work/lots.want"

list criterion sort,weight,weight-kind >"$work/criteria"
awk -F, 'NR > 1 && $1 ~ /xml$/ {
    print "sort=" $5 ($NF == "" ? "" : " weight=" $NF " weight-kind=" $(NF - 1)) }' \
    "$tables/criteria.csv" >"$work/criteria.want"
same "criteria and weights" "$work/criteria" "$work/criteria.want"

list bid code,price,rank >"$work/bids"
awk -F, 'NR > 1 {
    print "code=" $3 ($7 == "" ? "" : " price=" $7) ($5 == "" ? "" : " rank=" $5) }' \
    "$tables/tenders.csv" >"$work/bids.want"
same "bids, prices and ranks" "$work/bids" "$work/bids.want"

# One award for each tender that a contract settles.
list award price >"$work/awards"
grep '^price' "$work/awards" >"$work/awards.won"
awk -F, 'NR > 1 && $9 == 1 { print "price=" $7 }' \
    "$tables/tenders.csv" >"$work/awards.want"
same "awards" "$work/awards.won" "$work/awards.want"

ask import "$work"/*.xml >"$work/again" 2>/dev/null
grep -c "nothing to do" "$work/again" >"$work/count"
expect "the second time there is nothing to do" '^15$' "$work/count"

ask import "$notices/change-cn_24_open_dates.xml" "$notices/cn_24_open.xml" \
    >"$work/changed" 2>&1
expect "a change comes after what it changes" \
    'change-cn.*: T-[0-9]+: changed tender 1$' "$work/changed"
ask list tender notice-id=71397268-6c47-4f2f-8ab0-f41a26138f81 fields=due \
    >"$work/due" 2>&1
expect "a change sets the new deadline" 'due=2020-06-12T11:00:00Z' "$work/due"

ask import "$notices/20-156049-001-EXP.xml" >/dev/null 2>&1
ask import "$notices/22-104446-001-EXP.xml" >"$work/clash" 2>&1
echo "status=$?" >>"$work/clash"
expect "another notice under the same identifier clashes" \
    'same identifier and version but other content' "$work/clash"
expect "a clash has a status of its own" '^status=73$' "$work/clash"
ask import --as-new "$notices/22-104446-001-EXP.xml" >"$work/new" 2>&1
expect "as-new makes another tender" 'T-[0-9]+: added .*tender 1' "$work/new"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
