#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# completion.sh - what bash offers behind the beginnings of command lines, and
# that the manual pages can be set and hold what the tables hold.
# $BUILD says where the programs stand.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build/release}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

# claim SENTENCE COMMAND... - count whether the command succeeds.
claim() {
    sentence=$1
    shift
    if "$@" >"$folder/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $sentence"
        cat "$folder/out"
    fi
}

for script in client/diptych.bash server/diptychd.bash; do
    program=$(basename $script .bash)
    { "$build/tests/tools/completion" "$program" && cat $script; } \
        >"$folder/$program"
done
# shellcheck disable=SC1091
. "$folder/diptych"
# shellcheck disable=SC1091
. "$folder/diptychd"

# offer LINE - the words that are offered behind it, in order
offer() {
    COMP_LINE=$1
    COMP_POINT=${#1}
    read -ra COMP_WORDS <<<"$1"
    case $1 in
    *" ") COMP_WORDS+=("") ;;
    esac
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    "_${COMP_WORDS[0]}"
    echo "${COMPREPLY[*]}"
}

# is LINE WORDS - exactly these
is() {
    offered=$(offer "$1")
    echo "got: $offered"
    [ "$offered" = "$2" ]
}

# has LINE WORD - this among others
has() {
    offered=$(offer "$1")
    echo "got: $offered"
    case " $offered " in
    *" $2 "*) ;;
    *) return 1 ;;
    esac
}

while IFS='|' read -r line words; do
    claim "\"$line\" is followed by \"$words\"" is "$line" "$words"
done <<'END'
diptych gu|guide
diptych dec|decider
diptych add cr|criterion
diptych list ne|need
diptych add need so|sort=
diptych add need sort=|job pain gain
diptych add need sort=p|pain
diptych add stake roles=decides,pa|decides,pays
diptych add bid ours=|yes no
diptych list bid sta|state=
diptych show B-1 fi|fields=
diptych -H localhost:1 add need so|sort=
diptych --outp|--output
diptych -o |lines text json csv tsv prometheus
diptych --output t|text tsv
diptych --lang |en fr
diptych list bid --lang f|fr
diptych profile te|tender=
diptych help cri|criterion
diptych import examples/night-bus/no|examples/night-bus/notice.xml
diptych --ca LICEN|LICENSE
diptych nothing-like-it|
diptychd se|serve
diptychd user pa|passwd
diptychd team |add list
diptychd user add --ro|--role
diptychd user add --role re|reader
diptychd serve --sessions-per-u|--sessions-per-user
diptychd backup -d LICEN|LICENSE
END
claim "verbs of the client and of the server" has "diptych " import
claim "with those of the server" has "diptych " describe
claim "conditions of a list" has "diptych list bid " price=
claim "and its own keys" has "diptych list bid " order-by=
claim "an option that an action takes" has "diptychd serve -" --cert
claim "and none that it does not" sh -c '! "$@"' - grep -q -- --cert \
    <<<"$(offer 'diptychd init -')"
if command -v shellcheck >/dev/null; then
    claim "shellcheck finds nothing" shellcheck "$folder/diptych" \
        "$folder/diptychd"
else
    echo "skipped: shellcheck of the completion, which is not installed"
fi

# The manual pages.
renders() {
    groff -man -Tutf8 -ww -P-c "$1" >"$folder/page" 2>"$folder/warnings" &&
        [ -s "$folder/page" ] && cat "$folder/warnings" &&
        [ ! -s "$folder/warnings" ]
}

holds() {
    tr -s ' \n' '  ' <"$folder/page" | grep -qF -e "$1"
}

for source in docs/man/*.in; do
    page=$folder/$(basename "$source" .in)
    claim "$source is filled" sh -c "'$build/tests/tools/manual' <'$source' >'$page'"
    claim "$source can be set" renders "$page"
    case $source in
    *diptych.1*) words="--keep-going;guide [TENDER];err conflict;tsv" ;;
    *diptychd.8*) words="user passwd;--password-file;--log-level;SIGHUP" ;;
    *diptych.5*) words="sessions-per-user = 100;price-rule;server=;user=" ;;
    *diptych.7*) words="Least role: scorer;order-by:words;conflict" ;;
    esac
    # Lines may be broken anywhere: hyphens at their ends are not put there.
    claim "$source is wide" sh -c "groff -man -Tascii -rLL=1000n -rHY=0 \
        -P-c -P-b -P-u '$page' >'$folder/page'"
    while read -r word; do
        claim "$source holds $word" holds "$word"
    done <<<"${words//;/$'\n'}"
done
claim "every key of the profile is explained" sh -c \
    "sed -n 's/^KEY([A-Z]*, \"\\(.*\\)\")/\\1=/p' client/link/profile.def |
        while read -r key; do grep -q \"\$key\" docs/man/diptych.5.in || exit 1; done"
claim "a part that no table has is refused" sh -c \
    "! echo @nothing | '$build/tests/tools/manual'"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
