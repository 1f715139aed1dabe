#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# limits.sh - that every limit is put to the test: a conversation starts a
# server with it (--word N), or a unit test works with it (LIMIT_ID or
# LIMIT_ROW_ID).  The tests of the table itself do not count.
set -u
cd "$(dirname "$0")/.." || exit 1
passed=0
failed=0

rows=$(sed -n 's/^LIMIT(\([A-Z_]*\), "\([a-z-]*\)".*/\1 \2/p' protocol/limits.def)
units=$(find tests/unit -name 'check_*.c' ! -name check_limit.c ! -name check_config.c)
[ -n "$rows" ] || exit 1
while read -r id word; do
    # shellcheck disable=SC2086 # file names of ours hold no blanks
    if grep -qE "^server +start.* --$word [0-9]" tests/talk/*.talk ||
        grep -qE "(^|[^A-Z_])LIMIT_(ROW_)?$id([^A-Z_]|\$)" $units; then
        passed=$((passed + 1))
    else
        echo "FAILED no test reaches the limit $word"
        failed=$((failed + 1))
    fi
done <<END
$rows
END
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
