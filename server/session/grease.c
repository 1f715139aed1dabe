/* SPDX-License-Identifier: Apache-2.0
 *
 * grease.c - lines that nobody expects.
 */
#include "server/session/grease.h"

#include <stdio.h>

void grease_between(
    struct text *to, uint64_t *state, uint64_t seq, int64_t now_ms)
{
    struct reply r = {.to = to};
    uint64_t random = reply_random(state);
    char word[32];

    if (random & 1) {
        text_printf(to, "# grease: %llu\n", (unsigned long long)(random >> 32));
    }
    if (random & 2) {
        (void)snprintf(
            word, sizeof word, "grease.x%x", (unsigned)(random >> 48));
        reply_event(&r, seq, now_ms, word, NULL);
        reply_word(&r, "grease", "a \"b\" c");
        reply_end(&r);
    }
}
