#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# dialect.sh - what only SQLite understands stands in one file of db/: all
# other SQL is of the subset that PostgreSQL shares.
set -u
cd "$(dirname "$0")/../.." || exit 1

words='PRAGMA|sqlite_master|sqlite_schema|sqlite_sequence|INSERT OR|UPDATE OR'
words="$words|OR IGNORE|OR REPLACE|ROWID|AUTOINCREMENT|strftime|julianday"
words="$words|datetime\(|zeroblob|ifnull\(|IMMEDIATE|VACUUM|STRICT|BLOB\b|GLOB"
words="$words|group_concat|INDEXED BY|COLLATE|json_|total\(|randomblob"
words="$words|last_insert_rowid|changes\(\)|\bIIF\(|typeof\(|fts5|MATCH \?"

# Comments may speak of it.
found=$(for file in db/*.c db/*.h db/*.def server/*.c server/*/*.c; do
    case $file in
    db/dialect*) continue ;;
    esac
    sed 's|/\*.*\*/||; s|^ \* .*||; s|^/\* .*||' "$file" |
        grep -nE "\"[^\"]*($words)" | sed "s|^|$file:|"
done)
if [ -n "$found" ]; then
    echo "$found"
    echo "0 passed, 1 failed"
    exit 1
fi
echo "1 passed, 0 failed"
