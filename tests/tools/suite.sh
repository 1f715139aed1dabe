#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# suite.sh BUILD TEST... - run test programs, as many at a time as there are
# processors, and add up what they say.
#
# A unit test says it in Check's words ("100%: Checks: 12, Failures: 0,
# Errors: 0"), any other test in its last line ("12 passed, 0 failed").  The
# output of a test is shown when something failed.  BUILD is handed on as
# $BUILD; which limits a test met stands in BUILD/met.  The last lines are the
# tests that failed and the sum; the exit status tells whether all went well.
set -u
cd "$(dirname "$0")/../.." || exit 1

# one BUILD LOGS TEST - what xargs starts: run a test, keep what it said.
one() {
    BUILD=$1
    log=$2/$(echo "${3#"$1"/}" | tr / .)
    LIMITS_MET=$BUILD/met/${log##*/}
    export BUILD LIMITS_MET
    rm -f "$LIMITS_MET"
    began=$(date +%s)
    timeout -k 10 600 "$3" >"$log" 2>&1 </dev/null
    status=$?
    times >"$log.times" # of this shell, then of what it waited for
    echo "$status $(($(date +%s) - began)) $(used_seconds "$log.times")" >"$log.end"
    report "$3"
}

# used_seconds TIMES - of processor time, what "times" says of the children.
used_seconds() {
    awk 'NR == 2 {
        for (i = 1; i <= 2; i++) {
            split($i, part, /[ms]/)
            sum += part[1] * 60 + part[2]
        }
        printf "%d\n", sum + 0.5
    }' "$1"
}

# report TEST - a line about it, and its output when something failed, all in
# one piece; its counts stand in $log.sum afterwards.
report() {
    name=${1#"$BUILD"/}
    read -r status seconds used <"$log.end"
    counts=$(awk '
        /^[0-9]+%: Checks: / {
            gsub(/,/, "")
            bad += $5 + $7
            good += $3 - $5 - $7
            seen = 1
        }
        /^[0-9]+ passed, [0-9]+ failed/ {
            good += $1
            bad += $3
            seen = 1
        }
        END { print seen + 0, good + 0, bad + 0 }' "$log")
    read -r seen good bad <<EOF
$counts
EOF
    # A test that ends badly, or says nothing, has failed once at least.
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$seen" -eq 0 ]; }; then
        bad=1
    fi
    echo "$good $bad" >"$log.sum"
    {
        if [ "$bad" -gt 0 ]; then
            cat "$log"
            echo "FAILED $name: $good passed, $bad failed, exit status $status" |
                tee "$log.bad"
        else
            echo "ok     $name: $good passed, $seconds s, $used s of processor time"
        fi
        sed -n "s/^skipped/       skipped/p" "$log"
    } >"$log.told"
    cat "$log.told"
}

if [ "$1" = --one ]; then
    shift
    one "$@"
    exit 0
fi

BUILD=$1
shift

# A busy machine and the sanitizers are slow; a test that hangs is still ended.
CK_DEFAULT_TIMEOUT=${CK_DEFAULT_TIMEOUT:-60}
export CK_DEFAULT_TIMEOUT

# has_threads TEST - whether a unit test or a fuzzer may run more than one:
# nothing in protocol/, value/ and client/ does, unless the test itself starts
# some.
has_threads() {
    source=${1#"$BUILD"/}.c
    ! grep -qE 'suite_create\("(protocol|value|client|tests)/' "$source" ||
        grep -q pthread "$source"
}

# is_wanted TEST - whether a test tells more under this build than it did
# without a sanitizer.
is_wanted() {
    case $BUILD:$1 in
    # Documents, completion and installation are shell and text; the programs
    # that they start are plain ones, or run in every other test as well.
    *san*:tests/docs.sh | *san*:tests/completion.sh | *san*:tests/install.sh) false ;;
    # The same requests and the same code with other sentences.
    *san*:tests/french.sh) false ;;
    # The client has one thread: what its scripts ask of the server's threads
    # the conversations and the storms ask, too.
    *tsan*:tests/client.sh | *tsan*:tests/edit.sh | *tsan*:tests/guide.sh) false ;;
    *tsan*:tests/demo.sh | *tsan*:tests/notices.sh | *tsan*:tests/real_notice.sh) false ;;
    # One session that asks one thing after another, as conversations do, but a
    # thousand times.
    *tsan*:tests/pitches.sh | *tsan*:*/check_explained* | *tsan*:*/check_degenerate) false ;;
    *tsan*:*/fuzz_session) true ;;
    *tsan*:*/fuzz_*) false ;;
    *tsan*:*/check_*) has_threads "$1" ;;
    # The gate asks what all tests together met.
    *tsan*:tests/limits.sh) false ;;
    esac
}

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
mkdir -p "$BUILD/met"

# What plays many at a time by itself runs alone; the gate of the limits comes
# last.
: >"$logs/together"
: >"$logs/alone"
: >"$logs/last"
for test in "$@"; do
    is_wanted "$test" || continue
    case $test in
    */talk/main) list=alone ;;
    tests/limits.sh) list=last ;;
    # The long ones first, so that none is waited for at the end.
    */storm/* | tests/*.sh | */check_score | */check_help | */check_degenerate | */check_explained) list=together.long ;;
    *) list=together ;;
    esac
    echo "$test" >>"$logs/$list"
done
touch "$logs/together.long"
cat "$logs/together.long" "$logs/together" |
    xargs -r -P "$(nproc)" -n 1 tests/tools/suite.sh --one "$BUILD" "$logs"
cat "$logs/alone" "$logs/last" | xargs -r -n 1 tests/tools/suite.sh --one "$BUILD" "$logs"

ran=$(find "$logs" -name '*.sum' | wc -l)
cat "$logs"/*.bad 2>/dev/null
awk -v ran="$ran" -v wanted="$(cat "$logs/alone" "$logs/last" "$logs"/together* | wc -l)" '
    { good += $1; bad += $2 }
    END {
        if (ran != wanted) {
            printf "FAILED %d of %d tests did not run\n", wanted - ran, wanted
            bad++
        }
        printf "%d passed, %d failed\n", good, bad
        exit bad > 0 || good == 0
    }' "$logs"/*.sum
