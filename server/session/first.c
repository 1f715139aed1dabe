/* SPDX-License-Identifier: Apache-2.0
 *
 * first.c - a comparison with the starts of HTTP, byte by byte.
 */
#include "server/session/first.h"

#include "protocol/base_mem.h"

#include <string.h>

static const char starts[][FIRST_ROOM + 1] = {
    "GET ", "POST ", "PUT ", "HEAD ", "OPTIONS ", "CONNECT ", "PRI ", "Host:"};

static enum first_said compare(const struct first *first)
{
    enum first_said said = FIRST_FINE;

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (strncmp(first->bytes, starts[i], first->len) != 0)
            continue;
        if (strlen(starts[i]) == first->len)
            return FIRST_HTTP;
        said = FIRST_MORE;
    }
    return said;
}

enum first_said first_look(
    struct first *first, const char *bytes, size_t len, size_t *taken)
{
    enum first_said said = FIRST_MORE;

    *taken = 0;
    while (said == FIRST_MORE && *taken < len) {
        INSIST(first->len < FIRST_ROOM);
        first->bytes[first->len++] = bytes[(*taken)++];
        said = compare(first);
    }
    return said;
}
