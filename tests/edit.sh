#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# edit.sh - objects edited in an editor that a script plays: what is sent, what
# comes back, and what is kept.  $BUILD says where the programs stand.
#
# What the editor does is a script in quotes, for another shell to expand:
# shellcheck disable=SC2016
#
# start goes without words, too:
# shellcheck disable=SC2119
set -u
cd "$(dirname "$0")/.." || exit 1
build=$(cd "${BUILD:-build}" && pwd)
. tests/parts/server.sh
XDG_CACHE_HOME=$folder/cache
TMPDIR=$folder/tmp
LC_ALL=C.UTF-8
EDITOR="sh $folder/editor"
export XDG_CACHE_HOME TMPDIR LC_ALL EDITOR
unset VISUAL

as() {
    name=$1
    shift
    DIPTYCH_PROFILE=$folder/$name.profile timeout 60 "$build/diptych" "$@" \
        </dev/null
}

# edit STATUS WORDS TARGET STEP... - what "edit TARGET" ends with and says;
# the steps are what the editor does with the file "$1", one each time.
edit() {
    status=$1
    words=$2
    target=$3
    shift 3
    rm -f "$folder"/step.* "$folder"/saw.* "$folder/count"
    n=0
    for step in "$@"; do
        n=$((n + 1))
        printf '%s\n' "$step" >"$folder/step.$n"
    done
    as ann -t NB edit "$target" >"$folder/out" 2>&1
    got=$?
    opened=$(cat "$folder/count" 2>/dev/null || echo 0)
    if [ "$got" -eq "$status" ] && [ "$opened" -eq "$n" ] &&
        grep -qF -e "$words" "$folder/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED edit $target: wanted status $status, $n rounds: $words"
        echo "  got status $got, $opened rounds: $(cat "$folder/out")"
    fi
}

# holds FILE WORDS - a file has them
holds() {
    if grep -qF -e "$2" "$1"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED no \"$2\" in $1: $(cat "$1")"
    fi
}

# shows ID WORDS - the server has them
shows() {
    as ann -t NB show "$1" >"$folder/shown" 2>&1
    holds "$folder/shown" "$2"
}

# left N - files that are left of the editing
left() {
    n=$(find "$TMPDIR" -type f | wc -l)
    if [ "$n" -eq "$1" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $n files are left and not $1"
    fi
    find "$TMPDIR" -type f -exec rm {} +
}

mkdir "$TMPDIR"
cat >"$folder/editor" <<END
n=\$((\$(cat "$folder/count" 2>/dev/null || echo 0) + 1))
echo "\$n" >"$folder/count"
cp "\$1" "$folder/saw.\$n"
stat -c %a "\$1" >>"$folder/modes"
sh "$folder/step.\$n" "\$1"
END
"$build/diptychd" init -d "$folder/data" >/dev/null
for name in ann bob; do
    (umask 077 && echo "secret of $name" >"$folder/$name")
    "$build/diptychd" user add -d "$folder/data" --team blue --role owner \
        --password-file "$folder/$name" "$name" >/dev/null
done
start
for name in ann bob; do
    as "$name" login -H "$address" --ca "$folder/data/ca.pem" -u "$name" \
        -p "$folder/$name" >/dev/null
done
as ann add tender code=NB title=Buses >/dev/null
as ann add party code=WE sort=organisation >/dev/null
as ann -t NB add bid code=OURS party=WE ours=yes price=500 >/dev/null
replace="DIPTYCH_PROFILE=$folder/bob.profile $build/diptych -t NB set OURS"

# Only what changed is sent, in one request.
edit 0 "ok id=B-1" OURS 'sed -i "s/^price =.*/price = 510/" "$1"'
holds "$folder/saw.1" "price = 500"
holds "$folder/saw.1" "# price: comparison price"
as ann -t NB log OURS limit=1 >"$folder/shown"
holds "$folder/shown" "price=510 was.price=500"
left 0

# Nothing changed, nothing sent; an editor that fails sends nothing either.
edit 0 "nothing was changed" OURS true
left 0
edit 66 "kept in $TMPDIR" OURS 'echo lost >>"$1"; exit 3'
left 1
edit 66 "status 127" OURS 'exit 127'
left 1

# A mistake brings the text back, the message above the line.
edit 0 "is not \"field = value\"" OURS 'sed -i "s/^price =.*/what/" "$1"' \
    'sed -i "s/^what/price = 520/" "$1"'
holds "$folder/saw.2" "#! this is not"
shows OURS "price=520"
edit 0 "there is no field prcie" OURS 'sed -i "s/^price/prcie/" "$1"' \
    'sed -i "s/^prcie =.*/price = 530/" "$1"'
edit 0 "field=price got=cheap" OURS 'sed -i "s/^price =.*/price = cheap/" "$1"' \
    'sed -i "s/^price =.*/price = 540/" "$1"'
holds "$folder/saw.2" "price = cheap"
shows OURS "price=540"
left 0

# Who leaves a mistake as it is gives up, and keeps the file.
edit 66 "kept in" OURS 'echo what >>"$1"' true
left 1
edit 66 "kept in" OURS 'sed -i "s/^price =.*/price = cheap/" "$1"' true
left 1

# Somebody else was faster: both are shown, what they alone changed is taken.
edit 0 "conflict" OURS \
    "sed -i 's/^price =.*/price = 550/' \"\$1\"; $replace price=499 cost=7" true
holds "$folder/saw.2" "Theirs: 499 - before: 540"
holds "$folder/saw.2" "price = 550"
holds "$folder/saw.2" "cost = 7"
shows OURS "price=550 cost=7"
edit 0 "ok id=B-1" OURS \
    "sed -i 's/^price =.*/price = 560/' \"\$1\"; $replace cost=8"
shows OURS "price=560 cost=8"
left 0

# A field is cleared, a text of several lines keeps its lines.
edit 0 "ok id=B-1" OURS 'sed -i "s/^cost =.*/cost =/" "$1"'
as ann -t NB show OURS >"$folder/shown"
if grep -q "cost=" "$folder/shown"; then
    failed=$((failed + 1))
    echo "FAILED cost is still there"
else
    passed=$((passed + 1))
fi
edit 0 "ok id=P-1" WE \
    'sed -i "s/^policy =.*/policy = <<END\nfirst\n\n# no comment\nEND/" "$1"'
shows WE "| # no comment"
edit 0 "nothing was changed" WE true
edit 0 "ok id=P-1" WE 'sed -i "s/^first/\"1st\" \\\\ <<END/" "$1"'
shows WE '| "1st" \ <<END'
edit 66 "no line END" WE 'sed -i "/^END/d" "$1"' 'exit 1'
find "$TMPDIR" -type f -exec rm {} +

# A new object from a template.
edit 0 "ok id=C-1" criterion \
    'sed -i "s/^code =.*/code = C1/; s/^sort =.*/sort = quality/; s/^weight =.*/weight = 40/" "$1"'
holds "$folder/saw.1" "needed"
shows C1 "weight=40"
edit 0 "nothing was changed" criterion true
edit 66 "no such object" NOBODY
left 0

# The server goes away while one is editing: nothing is lost.
rm -f "$folder/count"
cat >"$folder/step.1" <<END
sed -i "s/^price =.*/price = 570/" "\$1"
kill -9 $server
END
as ann --timeout 3 -t NB edit OURS >"$folder/out" 2>&1
holds "$folder/out" "kept in $TMPDIR"
find "$TMPDIR" -type f -exec cat {} + >"$folder/shown"
holds "$folder/shown" "price = 570"
server=

holds "$folder/modes" 600
if grep -qv '^600$' "$folder/modes"; then
    failed=$((failed + 1))
    echo "FAILED others could read the file: $(sort -u "$folder/modes")"
else
    passed=$((passed + 1))
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
