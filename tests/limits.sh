#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# limits.sh - that every limit was met by the tests that have run: as much as
# it allows, and one more than that.
#
# The server and the unit tests write down what they met (limit_met), suite.sh
# keeps it by test in $BUILD/met, so this test comes last.  What stands there
# is "limit word=at,beyond".
set -u
cd "$(dirname "$0")/.." || exit 1
: "${BUILD:=build/release}"
met=$BUILD/met
if [ ! -d "$met" ]; then
    echo "no test has run yet: make test"
    echo "0 passed, 1 failed"
    exit 1
fi

cat "$met"/* | awk '
    FILENAME == "-" && $1 == "limit" {
        split($2, part, "=")
        n = split(part[2], edges, ",")
        for (i = 1; i <= n; i++)
            seen[part[1], edges[i]] = 1
    }
    function want(word, edge, says) {
        if ((word, edge) in seen) {
            passed++
            return
        }
        printf "FAILED no test meets the limit %s %s\n", word, says
        failed++
    }
    FILENAME != "-" && /^LIMIT\(/ {
        split($0, quoted, "\"")
        word = quoted[2]
        want(word, "at", "at its edge")
        want(word, "beyond", "one beyond it")
        rows++
    }
    END {
        if (rows == 0) {
            print "FAILED protocol/limits.def has no rows"
            failed++
        }
        printf "%d passed, %d failed\n", passed, failed
        exit failed > 0
    }' - protocol/limits.def
