#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# client.sh - the program diptych as a shell and a person meet it: exit
# statuses, scripts, formats, profile, and a session on a terminal.
# $BUILD says where the programs stand.
#
# start goes without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
. tests/parts/server.sh
DIPTYCH_PROFILE=$folder/config/profile
XDG_STATE_HOME=$folder/state
LC_ALL=C.UTF-8
export DIPTYCH_PROFILE XDG_STATE_HOME LC_ALL
unset NO_COLOR COLUMNS

fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
    echo "  wanted status $2 and: $3"
    echo "  got status $got and: $(cat "$folder/out" "$folder/err")"
}

# run STATUS WORDS ARGUMENT... - what the client ends with, and what it
# says on either output; "" says nothing of the words.
run() {
    status=$1
    words=$2
    shift 2
    "$build/diptych" "$@" >"$folder/out" 2>"$folder/err" <"${input:-/dev/null}"
    got=$?
    if [ "$got" -eq "$status" ] && { [ -z "$words" ] ||
        cat "$folder/out" "$folder/err" | grep -qF -e "$words"; }; then
        passed=$((passed + 1))
    else
        fail "$*" "$status" "$words"
    fi
}

# out CONTENT - the standard output of the last run, whole
out() {
    if [ "$(cat "$folder/out")" = "$1" ]; then
        passed=$((passed + 1))
    else
        fail "output" "-" "$1"
    fi
}

# script STATUS WORDS CONTENT OPTION... - the same for lines on its input;
# CONTENT is a format of printf without marks.
script() {
    status=$1
    words=$2
    input=$folder/in
    # shellcheck disable=SC2059
    printf "$3" >"$input"
    shift 3
    run "$status" "$words" "$@"
    input=
}

"$build/diptychd" init -d "$folder/data" >/dev/null
for name in ann bob; do
    (umask 077 && echo "secret of $name" >"$folder/$name")
    "$build/diptychd" user add -d "$folder/data" --team blue --role owner \
        --password-file "$folder/$name" "$name" >/dev/null
done
start
ca=$folder/data/ca.pem

# The command line.
run 0 "usage: diptych" --help
run 0 "usage : diptych" --help --lang fr
run 0 "diptych " --version
run 64 "unknown option --nonsense" ping --nonsense
run 64 "option -H lacks its value" ping -H
run 64 "is not one of" ping --columns 7
run 64 "is not HOST:PORT" -H host: ping

# Scripts that are judged without a server.
printf 'ping\n\nset B-1 price=cheap\n# x\nnote B-1 text=<<END\na\nEND\nshwo\n' \
    >"$folder/bad.dpt"
run 64 "bad.dpt:3: A value is not one of those allowed. (field=price got=cheap" \
    check "$folder/bad.dpt"
run 64 "bad.dpt:8: unknown verb" check "$folder/bad.dpt"
run 64 "bad.dpt:8: verbe inconnu" --lang fr check "$folder/bad.dpt"
run 0 "" check tests/samples/night-bus.dpt
run 66 "can not read" check "$folder/none.dpt"
run 64 "name the scripts" check
script 64 "-:1: a value is missing" 'show\n' check -
script 64 "-:2: the text or the last line has no end" 'ping\nnote B-1 text=<<END\n' \
    check -

# The link.
run 69 "is not trusted" -H "$address" ping
run 69 "refused" -H 127.0.0.1:1 --ca "$ca" ping
run 69 "can not use the file" -H "$address" --ca "$folder/none" ping
run 0 "ok" -H "$address" --ca "$ca" ping
run 0 "bye reason=quit" -H "$address" --ca "$ca" quit
run 77 "run: diptych login" -H "$address" --ca "$ca" list bid

# Logging in.
run 64 "no user" login -H "$address" --ca "$ca"
run 66 "" login -H "$address" --ca "$ca" -u ann -p "$folder/bob/none"
run 77 "auth" login -H "$address" --ca "$ca" -u ann -p "$folder/bob"
run 0 "logged in as ann (owner, team blue)" \
    login -H "$address" --ca "$ca" -u ann -p "$folder/ann"
run 0 "stored (not shown)" profile
run 0 "ok" add party code=WE sort=organisation "name=We & \"us\""
out "ok id=P-1 rev=3"
run 0 'name="We & \"us\""' show WE
run 77 "run: diptych login" -H localhost:"${address##*:}" --ca "$ca" list bid

# Exit statuses of answers.
run 64 "try=list" lsit bid
run 64 'did you mean "guide"?' gide
run 64 "a value too many; what holds a blank stands in quotes" \
    add tender code=NB title=Night bus
run 64 "a value is missing" show
run 66 "none" show P-9
run 64 "got=abc" set WE "size=abc"
run 65 "conflict" set WE name=b if=1
run 73 "exists" add party code=WE sort=organisation

# Scripts.
script 0 "ok" 'ping\n# a comment\n\n  \nping\n'
out "ok
ok"
script 64 "line 2: arg: A value is not one of those allowed. (field=size got=x" 'ping\nset WE size=x\nadd party code=NO sort=person\n'
run 66 "" show NO
script 64 "line 1: arg: " 'set WE size=x\nadd party code=YES sort=person\n' -k
run 0 "YES" show YES
script 64 "line 2 has no end" 'ping\nset WE size=1'
script 64 "begun on line 1" 'set WE policy=<<END\nset WE size=1\n'
script 0 "ok @a" 'set WE policy=<<END\nquit\n# no\nEND\n@a ping\n'
run 0 "| # no" show WE

# Formats.
run 0 "" show YES fields=code -f json
out '{"kind":"party","id":"P-2","code":"YES"}'
run 0 "" list party fields=code -o csv
sed -i 's/\r$//' "$folder/out"
out "kind,id,code
party,P-1,WE
party,P-2,YES"
run 0 "" list party code=NONE -o csv
sed -i 's/\r$//' "$folder/out"
fields=$("$build/diptych" describe party -o tsv |
    awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $1 == "field" && $at["type"] != "text" { printf "%s,", $at["name"] }')
out "kind,id,rev,${fields}author,time"
expect 0 "code,name," echo "$fields"
run 0 "" show YES fields=name,code -o tsv
out "$(printf 'kind\tid\tname\tcode\nparty\tP-2\t\tYES')"
run 0 "these are not all rows" list party limit=1 fields=code -o tsv
run 0 "" log limit=1 -o csv
run 64 'is not one of lines, text, json, csv, tsv' list party -o xml
run 64 "a report is drawn" report NB -o csv
run 0 "" list party fields=code -o text
out "party  code
P-1    WE
P-2    YES
ok n=2 at=$(sed -n 's/.* at=//p' "$folder/out")"
run 0 "" list party fields=code --table
out "party  code
P-1    WE
P-2    YES
ok n=2 at=$(sed -n 's/.* at=//p' "$folder/out")"
run 0 "" list party fields=code -q
out "  party P-1 code=WE
  party P-2 code=YES"
run 64 "" set WE size=x -f json
out ""

# Colours: on a terminal alone, unless they are asked for.
mark=$(printf '\033')
coloured() {
    wanted=$1
    shift
    env TERM=xterm "$@" list party --table >"$folder/out" 2>"$folder/err"
    got=$(grep -c "$mark" "$folder/out")
    if [ "$((got > 0))" -eq "$wanted" ]; then
        passed=$((passed + 1))
    else
        fail "colours: $*" - "$wanted"
    fi
}
coloured 0 "$build/diptych"
coloured 1 "$build/diptych" --color=always
coloured 0 "$build/diptych" --color=never
coloured 0 NO_COLOR=1 "$build/diptych" --color=always
coloured 0 TERM=dumb "$build/diptych" --color=always
run 64 "auto, always, never" ping --color=some

# The profile.
run 0 "" profile tender=NOPE
run 0 "the tender NOPE of the profile is not there" list party
run 66 "" -t NOPE list party
run 64 "is not one of server=" profile token=dpt_x
chmod 644 "$DIPTYCH_PROFILE"
run 77 "chmod 600" list party
chmod 600 "$DIPTYCH_PROFILE"
run 0 "" profile tender=
cp "$DIPTYCH_PROFILE" "$folder/stolen" && chmod 600 "$folder/stolen"
run 0 "the server takes it no longer" logout
kept=$DIPTYCH_PROFILE
DIPTYCH_PROFILE=$folder/stolen
run 77 "has expired" list party
sed -i "s/^server=.*/server=127.0.0.1:1/" "$folder/stolen"
run 0 "the server was not told" logout
DIPTYCH_PROFILE=$kept
run 77 "run: diptych login" list party
run 0 "ok" -u ann -p "$folder/ann" list party

run 64 "needs a terminal" -u ann -p "$folder/ann" live T-1
run 64 "name a tender" -u ann -p "$folder/ann" live

# A session on a terminal.
if command -v expect >/dev/null; then
    got=0
    : >"$folder/err"
    command expect tests/client.exp "$build/diptych" "$address" "$ca" \
        "secret of bob" >"$folder/out" 2>&1 || got=$?
    if [ "$got" -eq 0 ]; then
        passed=$((passed + 1))
    else
        fail "a session on a terminal" 0 "all that client.exp waits for"
    fi
    history=$XDG_STATE_HOME/diptych/history
    if grep -q '^list party' "$history" && ! grep -q secret "$history"; then
        passed=$((passed + 1))
    else
        fail "the history" 0 "lines without secrets"
    fi
    got=0
    timeout 200 expect tests/live.exp "$build" "$address" "$ca" \
        "$folder/bob" >"$folder/out" 2>&1 || got=$?
    if [ "$got" -eq 0 ]; then
        passed=$((passed + 1))
    else
        fail "a live view" 0 "all that live.exp waits for"
    fi
    # The same when its server is killed; it starts one of its own.
    kill "$server" && wait "$server" 2>/dev/null
    server=
    got=0
    mkdir "$folder/second" && cp "$folder/bob" "$folder/second/bob"
    "$build/diptychd" init -d "$folder/second/data" >/dev/null
    "$build/diptychd" user add -d "$folder/second/data" --team blue \
        --role owner --password-file "$folder/bob" bob >/dev/null
    timeout 120 expect tests/resume.exp "$build" "$folder/second" \
        >"$folder/out" 2>&1 || got=$?
    if [ "$got" -eq 0 ]; then
        passed=$((passed + 1))
    else
        fail "a session whose server is killed" 0 \
            "all that resume.exp waits for"
    fi
else
    echo "skipped: a session on a terminal, which expect would type"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
