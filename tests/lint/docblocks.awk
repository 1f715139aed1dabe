# SPDX-License-Identifier: Apache-2.0
#
# docblocks.awk - every function that a header declares has a doc block right
# before it, which opens with the function's name and says what it gives and
# on which thread it may run; in value/ also what it takes and its source.
FNR == 1 {
    block = ""
    inside = fresh = 0
}

/^\/\*\*$/ {
    block = ""
    inside = 1
}

inside { block = block $0 "\n" }

inside && /\*\// {
    inside = 0
    fresh = 1
    next
}

inside { next }

# A declaration starts in the first column and holds "name(" in its first
# line; its other lines are indented.
/^[a-z_].*[a-z0-9_]\(/ && !/^(typedef|static|extern|struct [a-z_]+ \{)/ {
    name = $0
    sub(/\(.*$/, "", name)
    sub(/^.*[ *]/, "", name)
    if (!fresh)
        complain("no doc block right before " name)
    else if (index(block, "\n * " name " - ") == 0)
        complain("the doc block before " name " is not about it")
    else {
        n = split("Gives Thread" (FILENAME ~ /^value\// ? " Takes Source" : ""), tag, " ")
        for (i = 1; i <= n; i++)
            if (block !~ ("\n \\* +" tag[i] " "))
                complain("no " tag[i] " in the doc block of " name)
    }
}

NF { fresh = 0 }

function complain(sentence)
{
    printf "%s:%d: %s\n", FILENAME, FNR, sentence
    bad = 1
}

END { exit bad }
