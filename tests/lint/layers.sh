#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# layers.sh - that every folder includes only what lies below it.
#
#   protocol <- value <- db <- server        client uses protocol alone
#
# The loop and TLS stand in a few files of server/, SQL in db/, and the
# session engine knows none of them.  What runs in the server asks for the
# limits in force; the presets, LIMIT_X, are for clients and tests.
set -u
cd "$(dirname "$0")/../.." || exit 1
files=$(find protocol value db server client -name '*.[ch]' 2>/dev/null | sort)
# shellcheck disable=SC2086 # file names of ours hold no blanks
awk -f tests/lint/layers.awk $files || exit 1
if grep -nE '(^|[^A-Z_])LIMIT_[A-Z]+' server/*.[ch] server/*/*.[ch] db/*.[ch] protocol/datum.c |
    grep -vE 'LIMIT_(NOW|MS|ROW_[A-Z_#]+|COUNT|[A-Z_]+_MOST)([^A-Z_]|$)'; then
    echo "the limit in force is LIMIT_NOW(X), not its preset LIMIT_X"
    exit 1
fi
echo "1 passed, 0 failed"
