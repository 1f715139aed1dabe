# SPDX-License-Identifier: Apache-2.0
#
# layers.awk - one line for every include that runs against the layers.
BEGIN {
    # What each folder may include of ours, as one regular expression.
    ours["protocol"] = "^protocol/"
    ours["value"] = "^(value/|protocol/(err|types|base_[a-z]+)\\.h$|protocol/errors\\.def$)"
    ours["db"] = "^(db|value|protocol)/"
    ours["server"] = "^(server|db|value|protocol)/"
    ours["client"] = "^(client|protocol)/"

    # The session engine replays as bytes: it knows nothing of the network, and
    # what computes knows nothing of sessions beyond their requests.
    never["^server/(session|verb|figure|explain|people|words)/"] = "^server/(net|admin/control)"
    never["^server/(figure|explain|people|words)/"] = "^server/(net|verb|admin)/"
    never["^client/(show|panel)/"] = "^client/(link/(link|dial|secure)|guide/|notice/)"

    # Libraries, and the files that may include their headers.
    library["^uv\\.h$"] = "^server/(admin/(reload|control_socket)|net/(loop|listener|hub|conn(_[a-z]+)?))\\.[ch]$"
    library["^openssl/"] = "^(server/net/openssl\\.h|db/secret\\.c|client/link/[a-z_]+\\.[ch])$"
    library["^server/net/openssl\\.h$"] = "^server/net/(tls|tls_client|tls_context|selfcert)\\.c$"
    library["^sqlite3\\.h$"] = "^db/[a-z_]+\\.[ch]$"
    library["^gmp\\.h$"] = "^value/[a-z_/]+\\.[ch]$"
    library["^libxml/"] = "^client/notice/[a-z_]+\\.[ch]$"
    library["^(histedit|editline/)"] = "^client/prompt/[a-z_]+\\.[ch]$"
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    what = $0
    sub(/^[^<"]*[<"]/, "", what)
    sub(/[>"].*$/, "", what)
    folder = FILENAME
    sub(/\/.*$/, "", folder)
    if ($0 ~ /"/) {
        if (what !~ ours[folder])
            complain(folder "/ may not include " what)
    }
    for (place in never)
        if (FILENAME ~ place && what ~ never[place])
            complain(place " may not include " what)
    for (header in library)
        if (what ~ header && FILENAME !~ library[header])
            complain("only " library[header] " may include " what)
}

function complain(sentence)
{
    printf "%s:%d: %s\n", FILENAME, FNR, sentence
    bad = 1
}

END { exit bad }
