#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# pitches.sh - that what we say ourselves passes what lint asks of others:
# the propositions of both examples, for three audiences at four levels, in
# English and French, are recorded as messages, and lint finds nothing in any
# of them, nor between two audiences.  A figure that is changed in one of them
# is found.
# $BUILD says where the programs stand.
#
# start and stop go without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build/release}
. tests/parts/server.sh
LC_ALL=C.UTF-8
export LC_ALL

# as WHO REQUEST... - one request, or the lines of standard input
as() {
    who=$1
    shift
    DIPTYCH_PROFILE=$folder/$who "$build/diptych" --lang en -o lines "$@"
}

# played WHO FILE... - all of each is answered by ok
played() {
    who=$1
    shift
    for file; do
        as "$who" <"$file" >"$folder/out" || return
    done
}

# said WHO TENDER PARTY AUDIENCE LEVEL LANG - the sentences, one a line
said() {
    as "$1" pitch "$2" to="$3" audience="$4" level="$5" lang="$6" \
        >"$folder/rows" </dev/null || return
    sed -n 's/^  say .* text="\(.*\)"$/\1/p' "$folder/rows" >"$folder/text"
    [ -s "$folder/text" ]
}

# recorded WHO TENDER STAKE AUDIENCE LEVEL LANG - as a message of those who
# know so much; its id is in $id
recorded() {
    {
        echo "use tender=$2"
        echo "set $3 knows=$5"
        echo "add message stake=$3 audience=$4 level=$5 language=$6 text=<<END"
        cat "$folder/text"
        echo END
    } | as "$1" >"$folder/out" || return
    id=$(sed -n 's/^ok id=\(MG-[0-9]*\) .*/\1/p' "$folder/out")
    [ -n "$id" ]
}

# clean WHO TENDER MESSAGE - lint finds nothing in it, and nothing beside the others
clean() {
    as "$1" -t "$2" lint "$3" >"$folder/out" </dev/null &&
        grep -q "^ok .*findings=0$" "$folder/out"
}

# of WHO TENDER PARTY STAKE AUDIENCE LANG - at each level
of() {
    for level in novice informed savvy expert; do
        if said "$1" "$2" "$3" "$5" "$level" "$6" &&
            recorded "$1" "$2" "$4" "$5" "$level" "$6" && clean "$1" "$2" "$id"; then
            passed=$((passed + 1))
            continue
        fi
        failed=$((failed + 1))
        echo "FAILED $2, to $3 ($5, $level, $6)"
        cat "$folder/text" "$folder/out"
    done
}

# all WHO TENDER DECIDER STAKE USERS STAKE LANG - the three audiences
all() {
    of "$1" "$2" "$3" "$4" decider "$7"
    of "$1" "$2" "$3" "$4" payer "$7"
    of "$1" "$2" "$5" "$6" user "$7"
}

# falsified WHO TENDER OLD NEW - once the last message says another figure, lint tells
falsified() {
    sed "s/$3/$4/" "$folder/text" >"$folder/other"
    ! cmp -s "$folder/text" "$folder/other" || return
    {
        echo "set $id text=<<END"
        cat "$folder/other"
        echo END
    } | as "$1" >/dev/null
    as "$1" -t "$2" lint "$id" >"$folder/out" </dev/null
    grep -q "rule=contradiction on=$id" "$folder/out"
}

# gone WHO TENDER - its messages are taken back
gone() {
    as "$1" list message tender="$2" </dev/null |
        sed -n 's/^  message \(MG-[0-9]*\) .*/del \1/p' >"$folder/del"
    as "$1" <"$folder/del" >"$folder/out"
}

(umask 077 && echo "correct horse" >"$folder/password")
"$diptychd" init -d "$data" >/dev/null
for who in bus search; do
    "$diptychd" user add -d "$data" --team "$who" --role owner \
        --password-file "$folder/password" "$who" >/dev/null
done
start
for who in bus search; do
    expect 0 "" as "$who" -H "$address" --ca "$data/ca.pem" -u "$who" \
        -p "$folder/password" login
done

bus=examples/night-bus
search=examples/eligibility-search
expect 0 "added party 1, tender 1, lot 1" as bus import $bus/notice.xml
expect 0 "" played bus $bus/team.dpt $bus/words.dpt
all bus NB AUTH S-1 NIGHT S-2 en
expect 0 "" falsified bus NB 90% 95%
expect 0 "" gone bus NB
expect 0 "" played bus $bus/french.dpt
all bus NB AUTH S-1 NIGHT S-2 fr
expect 0 "" falsified bus NB "à 90 %" "à 95 %"

expect 0 "" played search $search/draft.dpt $search/team.dpt \
    $search/issued.dpt $search/words.dpt
all search EIS DHSS S-1 WORKER S-2 en
expect 0 "" falsified search EIS 90% 95%
expect 0 "" gone search EIS
expect 0 "" played search $search/french.dpt
all search EIS DHSS S-1 WORKER S-2 fr
expect 0 "" falsified search EIS "à 90 %" "à 95 %"

stop
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
