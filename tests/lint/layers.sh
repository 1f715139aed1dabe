#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# layers.sh - that every folder includes only what lies below it.
#
#   protocol <- value <- db <- server        client uses protocol alone
#
# The loop and TLS stand in a few files of server/, SQL in db/, and the
# session engine knows none of them.
set -u
cd "$(dirname "$0")/../.." || exit 1
files=$(find protocol value db server client -name '*.[ch]' 2>/dev/null | sort)
# shellcheck disable=SC2086 # file names of ours hold no blanks
awk -f tests/lint/layers.awk $files || exit 1
echo "1 passed, 0 failed"
