#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# lint.sh [CHECK...] - what the compilers do not say: format, house rules,
# headers that compile alone, cppcheck, clang-tidy, shellcheck.  Each counts
# as one test.  make hands over CC, CPPFLAGS and WARN.
#
# File names of ours hold no blanks, so lists of them are split on purpose.
# shellcheck disable=SC2086
set -u
cd "$(dirname "$0")/../.." || exit 1
: "${CC:=cc}" "${CPPFLAGS:=-I. -D_GNU_SOURCE -isystem /usr/include/libxml2}"
: "${WARN:=-Wall -Wextra}"

folders=$(ls -d protocol value db server client tests 2>/dev/null)
sources=$(find $folders -name '*.c' | sort)
headers=$(find $folders -name '*.h' | sort)
scripts=$(grep -rslE '^#!/bin/(ba)?sh' .ci certs examples tests | sort)
jobs=$(nproc)
passed=0
failed=0

check_format() {
    clang-format --dry-run --Werror $sources $headers
}

check_sizes() {
    awk -f tests/lint/sizes.awk $sources $headers
}

check_docblocks() {
    awk -f tests/lint/docblocks.awk $headers
}

# A header of macros alone leaves nothing for the compiler, which the standard
# forbids: one declaration follows it.
check_headers() {
    # shellcheck disable=SC2016 # the other shell expands it
    echo "$headers" | xargs -P "$jobs" -n 1 sh -c '
        printf "#include \"%s\"\nextern int end_of_header;\n" "$2" |
            $0 $1 -std=c17 -fsyntax-only -x c -' "$CC" "$CPPFLAGS $WARN"
}

check_cppcheck() {
    cppcheck --quiet -j "$jobs" --std=c11 --inline-suppr --error-exitcode=1 \
        --enable=warning,performance,portability -I. -D_GNU_SOURCE \
        --suppressions-list=tests/lint/cppcheck.txt $sources
}

# tidy CHECKS FILE... - clang-tidy with CHECKS besides those of .clang-tidy.
tidy() {
    checks=$1
    shift
    echo "$@" | tr ' ' '\n' |
        xargs -P "$jobs" -n 4 sh -c "clang-tidy --quiet --checks='$checks' \
            \"\$@\" -- $CPPFLAGS -std=c17 2>/dev/null" tidy
}

# The analyzer is not for tests: it does not know that a failed ck_assert
# leaves the function.
check_tidy() {
    tests=$(echo $sources | tr ' ' '\n' | grep '^tests/')
    rest=$(echo $sources | tr ' ' '\n' | grep -v '^tests/')
    tidy "" $rest
    main=$?
    tidy "-clang-analyzer-*,-bugprone-not-null-terminated-result" $tests &&
        [ $main -eq 0 ]
}

check_dialect() {
    tests/lint/dialect.sh
}

check_shell() {
    shellcheck -x $scripts
}

[ $# -gt 0 ] || set -- format sizes docblocks headers dialect shell cppcheck tidy
for check in "$@"; do
    began=$(date +%s)
    if "check_$check"; then
        echo "ok     lint $check, $(($(date +%s) - began)) s"
        passed=$((passed + 1))
    else
        echo "FAILED lint $check"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
