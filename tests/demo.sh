#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# demo.sh - that the demonstration works in a path with blanks, prints the
# figures that were computed elsewhere, and leaves nothing behind, also when
# it fails.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
BUILD=$(cd "${BUILD:-$root/build}" && pwd)
export BUILD
place=$(mktemp -d "${TMPDIR:-/tmp}/a demo XXXXXX")
trap 'rm -rf "$place"' EXIT
mkdir "$place/tmp" "$place/with blanks"
cp -r "$root/examples" "$root/certs" "$place/with blanks"
TMPDIR=$place/tmp
export TMPDIR
passed=0
failed=0

# claim SENTENCE COMMAND... - count whether the command succeeds.
claim() {
    sentence=$1
    shift
    if "$@" >/dev/null 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "not so: $sentence"
    fi
}

run_demo() {
    timeout 60 bash "$place/with blanks/examples/night-bus/demo.sh" \
        >"$place/out" 2>&1
}

says() {
    grep -qF -- "$1" "$place/out"
}

nothing_is_left() {
    [ -z "$(ls -A "$place/tmp")" ] && ! something_runs
}

# Whether some process still works in the folder.  The list is taken before it
# is searched, so that the search does not find itself.
something_runs() {
    list=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n')
    case $list in
    *"$place/tmp"*) return 0 ;;
    *) return 1 ;;
    esac
}

claim "it ends well within a minute" run_demo
[ "$failed" -eq 0 ] || cat "$place/out"
for figure in 79.15 78.62 76.50 512.09 70.0% 79.4% 54.7% 35.8% +20.3 +0.47 \
    597.00 595.04 93.2% 82.6% "Live information + New vehicle"; do
    claim "it prints $figure" says "$figure"
done
claim "it shows events" says "criterion.set C-1"
claim "nothing is left" nothing_is_left

echo "set NOBODY name=x" >"$place/with blanks/examples/night-bus/team.dpt"
claim "a script that is refused ends it" sh -c '! "$@"' - \
    timeout 60 bash "$place/with blanks/examples/night-bus/demo.sh"
claim "nothing is left after a failure" nothing_is_left
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
