#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# parse_session.sh - what a parser of the grammar that was written apart from
# this repository says of a whole session: the golden tender, a heredoc, tags,
# mistakes, JSON, events.  For conversations, in the folder of their stage.
# Without python3 or the parser it says so, and ends well.
set -u
parser=$ROOT/../shared/tools/ref_parse.py
if ! [ -f "$parser" ] || ! command -v python3 >/dev/null; then
    echo 'skipped: no python3, or no parser'
    exit 0
fi
{
    echo "auth token $(cat token/ann)"
    echo 'watch *'
    cat "$ROOT/tests/samples/night-bus.dpt"
    printf '%s\n' '@1 note OURS text=<<END' 'One line.' '  | not data' \
        'ok neither' '' 'END' '@2 show NT-1' 'shwo NB # a mistake' \
        'add bid pirce=5' '@3 list bid price<600 order-by=-price limit=1' \
        'find night bu' 'diff NB from=60' 'log limit=20' 'help' 'describe' \
        'use events=short lang=fr' 'set OURS name="He said \"no\"\u{e9}\\"' \
        'explain NB points bid=OURS criterion=C1' 'use format=json' \
        'show NT-1 OURS' 'users NB' 'describe bid' 'watch * since=99999' \
        'can set NB state=won' '# a comment' '' 'quit'
} >said
ncat --ssl-verify --ssl-trustfile "$CA" localhost "$PORT" <said >heard
{
    sed 's/^/C: /' said
    sed 's/^/S: /' heard
} >transcript
if python3 "$parser" transcript >verdict && [ "$(wc -l <heard)" -gt 500 ]; then
    echo 'the parser found no fault'
    exit 0
fi
head -20 verdict
exit 1
