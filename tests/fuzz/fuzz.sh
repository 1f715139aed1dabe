#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# fuzz.sh BUILD SECONDS [TARGET...] - run the targets of the fuzzer, one more at
# a time than there are processors, each for so many seconds.
#
# What is learnt stays in BUILD/tests/fuzz/corpus for the next run.  An input
# that breaks something is kept in BUILD/tests/fuzz/broken; what it broke, the
# input in base64 and how to replay it are said, so that the output alone is
# enough to go on with.  The last line is "N passed, N failed".
set -u
only=
if [ "$1" = --one ]; then
    only=yes
    shift
fi
build=$1
seconds=$2
shift 2
here=$build/tests/fuzz
most=$(($(nproc) + 1))
if [ $# -eq 0 ]; then
    for program in "$here"/fuzz_*; do
        case $program in *.o | *.d) continue ;; esac
        set -- "$@" "${program##*/fuzz_}"
    done
fi

# What is undefined is shown with its stack, as the rest is.
UBSAN_OPTIONS=print_stacktrace=1
export UBSAN_OPTIONS

# Databases of the sessions stand in memory where that is possible.
if [ -d /dev/shm ] && [ -w /dev/shm ]; then
    TMPDIR=/dev/shm
    export TMPDIR
fi

# run TARGET - fuzz one; its log and its exit status stand in files
run() {
    target=$1
    most_bytes=4096
    leaks=1
    case $target in
    notice)
        most_bytes=20000
        ;;
    session)
        # Its threads make the fuzzer suspect a leak behind every input, and
        # looking takes a second; replaying under "make asan" looks once.
        most_bytes=1500
        leaks=0
        ;;
    esac
    mkdir -p "$here/corpus/$target" "$here/broken"
    "$here/fuzz_$target" -max_total_time="$seconds" -timeout=25 -max_len="$most_bytes" \
        -detect_leaks="$leaks" \
        -rss_limit_mb=4096 -print_final_stats=1 -dict="$here/seeds/dictionary" \
        -artifact_prefix="$here/broken/$target-" "$here/corpus/$target" \
        "$here/seeds/$target" >"$here/$target.log" 2>&1
    echo $? >"$here/$target.status"
}

if [ "$only" ]; then
    run "$1"
    exit 0
fi
for target in "$@"; do
    rm -f "$here/$target.status"
done
printf '%s\n' "$@" | xargs -P "$most" -n 1 "$0" --one "$build" "$seconds"

# say_why TARGET - what the sanitizer or the target said, with the stack; its
# first line alone stands in $why.
say_why() {
    log=$here/$1.log
    signs='runtime error: |ERROR: |^bug: '
    why=$(grep -aE "$signs" "$log" | head -n 1)
    if [ -n "$why" ]; then
        grep -avE '^#|NEW_FUNC' "$log" | grep -aE -B 20 -A 40 -m 1 "$signs"
    else
        why="the fuzzer says no more"
        tail -n 40 "$log"
    fi
}

passed=0
failed=0
for target in "$@"; do
    status=$(cat "$here/$target.status" 2>/dev/null)
    tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$here/$target.log")
    if [ "$status" = 0 ]; then
        passed=$((passed + 1))
        echo "ok     $target: ${tried:-0} inputs in $seconds s"
        continue
    fi
    failed=$((failed + 1))
    say_why "$target"
    echo "FAILED $target: status ${status:-none} after ${tried:-0} inputs: $why"
    input=$(sed -n 's/.*Test unit written to //p' "$here/$target.log" | tail -n 1)
    if [ -n "$input" ]; then
        echo "the input in base64: $(base64 -w 0 "$input")"
        echo "to replay it:  $here/fuzz_$target $input"
        echo "to keep it:    cp $input tests/fuzz/found/$target/"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
