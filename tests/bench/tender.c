/* SPDX-License-Identifier: Apache-2.0
 *
 * tender.c - what is recorded of a large tender, drawn by a generator that
 * begins with the same number each time.
 *
 * Weights, marks, levels and prices have as many decimals as people write.
 */
#include "tests/bench/tender.h"

#include <stdint.h>

enum { BIDS = 20, CRITERIA = 100, SEGMENTS = 20, NEEDS = 100, BATCH = 10000 };

static unsigned pick(uint64_t *state, unsigned below)
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33) % below;
}

static size_t write_criteria(struct text *to, uint64_t *state)
{
    text_puts(to, "add criterion code=LC0 name=Price sort=price weight=30 "
                  "price-rule=lowest-ratio\n");
    for (int k = 1; k < CRITERIA; k++)
        text_printf(to,
            "add criterion code=LC%d name=Quality sort=quality "
            "weight=%u.%02u scale-max=%u\n",
            k, pick(state, 2), 10 + pick(state, 80),
            pick(state, 3) == 0 ? 20 : 10);
    return CRITERIA;
}

static size_t write_bids(struct text *to, uint64_t *state)
{
    for (int b = 0; b < BIDS; b++) {
        text_printf(
            to, "add party code=LP%d sort=organisation name=Bidder\n", b);
        text_printf(to, "add bid code=LB%d party=LP%d price=%u.%02u%s\n", b, b,
            400 + pick(state, 400), pick(state, 100), b ? "" : " ours=yes");
        for (int k = 1; k < CRITERIA; k++)
            text_printf(to, "add mark bid=LB%d criterion=LC%d value=%u.%02u\n",
                b, k, 3 + pick(state, 7), pick(state, 100));
    }
    return (size_t)BIDS * (CRITERIA + 1);
}

static size_t write_segments(struct text *to, uint64_t *state)
{
    for (int s = 0; s < SEGMENTS; s++) {
        text_printf(to, "add party code=LS%d sort=segment name=Users size=%u\n",
            s, 100 + pick(state, 20000));
        text_printf(to, "add stake party=LS%d roles=uses\n", s);
        text_printf(to, "add alternative code=LA%d sort=other name=Other\n", s);
        text_printf(to,
            "add reach alternative=LA%d party=LS%d reachable=yes "
            "share=0.%u\n",
            s, s, 1 + pick(state, 9));
    }
    return (size_t)SEGMENTS * 4;
}

/* Each criterion looks at two needs or three; each need is weighed by all and
 * covered by all. */
static size_t write_needs(struct text *to, uint64_t *state)
{
    size_t asked = 0;

    for (int n = 0; n < NEEDS; n++) {
        text_printf(to, "add need code=LN%d name=Need sort=job\n", n);
        for (int s = 0; s < SEGMENTS; s++)
            text_printf(to, "add weighs need=LN%d party=LS%d importance=%u\n",
                n, s, 1 + pick(state, 10));
        for (int b = 0; b < BIDS; b++)
            text_printf(to, "add cover need=LN%d bid=LB%d level=0.%02u\n", n, b,
                pick(state, 100));
        asked += 1 + SEGMENTS + BIDS;
        for (int i = 0; i < 2 + n % 2; i++, asked++)
            text_printf(to,
                "add relates need=LN%d criterion=LC%d strength=%s\n", n,
                (n + 7 * i) % CRITERIA,
                (const char *const[]){"1", "3", "9"}[pick(state, 3)]);
    }
    return asked;
}

size_t large_tender(struct text *to)
{
    uint64_t state = 1;
    size_t asked = 4;

    text_puts(to, "add tender code=LARGE title=Large\nuse tender=LARGE\n"
                  "begin\n");
    asked += write_criteria(to, &state);
    asked += write_bids(to, &state);
    asked += write_segments(to, &state);
    asked += write_needs(to, &state);
    text_puts(to, "commit\n");
    return asked;
}

size_t large_board(struct text *to, const char *code, size_t bids)
{
    size_t asked = 3;

    text_printf(to,
        "add tender code=%s title=Board\nuse tender=%s\n"
        "add party code=%sP sort=organisation name=Bidder\n",
        code, code, code);
    for (size_t b = 0; b < bids; b++) {
        if (b % BATCH == 0)
            text_puts(to, "begin\n");
        text_printf(to, "add bid code=%s%zu party=%sP price=%zu\n", code, b,
            code, 100 + b * 7919 % 100003);
        asked++;
        if ((b + 1) % BATCH == 0 || b + 1 == bids) {
            text_puts(to, "commit\n");
            asked += 2;
        }
    }
    return asked;
}
