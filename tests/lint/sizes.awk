# SPDX-License-Identifier: Apache-2.0
#
# sizes.awk - files of at most 500 lines, functions of at most 60, an SPDX
# line first, no tabs, and no promise to do something later.  The layout
# puts the braces of a function, and only those, alone in the first column.
FNR == 1 {
    if (long_file)
        complain_about(last, long_file, "the file has more than 500 lines")
    long_file = start = 0
    last = FILENAME
    if (FILENAME ~ /\.[ch]$/ && $0 != "/* SPDX-License-Identifier: Apache-2.0")
        complain("the first line is not the SPDX line")
}

FNR > 500 { long_file = FNR }

/\t/ { complain("a tab") }

/TODO|FIXME|(^|[^X])XXX([^X]|$)/ { complain("a promise: do it, or leave it out") }

/^\{$/ { start = FNR }

/^\}$/ && start {
    if (FNR - start + 1 > 60)
        complain("the function that starts here has " FNR - start + 1 " lines, more than 60", start)
    start = 0
}

function complain(sentence, line)
{
    complain_about(FILENAME, line ? line : FNR, sentence)
}

function complain_about(file, line, sentence)
{
    printf "%s:%d: %s\n", file, line, sentence
    bad = 1
}

END {
    if (long_file)
        complain_about(last, long_file, "the file has more than 500 lines")
    exit bad
}
