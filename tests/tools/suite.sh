#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# suite.sh BUILD TEST... - run test programs one behind the other and add up
# what they say.
#
# A unit test says it in Check's words ("100%: Checks: 12, Failures: 0,
# Errors: 0"), any other test in its last line ("12 passed, 0 failed").  The
# output of a test is shown when something failed.  BUILD is handed on as
# $BUILD; the last line here is the sum, the exit status tells whether all
# went well.
set -u
BUILD=$1
export BUILD
shift

# A busy machine and the sanitizers are slow; a test that hangs is still ended.
CK_DEFAULT_TIMEOUT=${CK_DEFAULT_TIMEOUT:-60}
export CK_DEFAULT_TIMEOUT

log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0

for test in "$@"; do
    name=${test#"$BUILD"/}
    timeout -k 10 600 "$test" >"$log" 2>&1 </dev/null
    status=$?
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
    passed=$((passed + good))
    failed=$((failed + bad))
    if [ "$bad" -gt 0 ]; then
        cat "$log"
        echo "FAILED $name: $good passed, $bad failed, exit status $status"
    else
        echo "ok     $name: $good passed"
    fi
    sed -n "s/^skipped/       skipped/p" "$log"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
