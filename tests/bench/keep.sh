#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# keep.sh TABLE PAGE - put the table of a run between the marks of a page.
set -eu
new=$(mktemp)
trap 'rm -f "$new"' EXIT
awk -v table="$1" '
    /^<!-- bench -->$/ {
        print
        while ((getline line <table) > 0)
            print line
        inside = 1
    }
    /^<!-- \/bench -->$/ { inside = 0 }
    !inside' "$2" >"$new"
cat "$new" >"$2"
