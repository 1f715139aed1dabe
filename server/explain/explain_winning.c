/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_winning.c - the prices that win, where a lower one may lose.
 */
#include "server/explain/explain.h"

/* "1.000000 .. 2.000000, 5.000000 .. any" */
static void put_spans(
    struct text *to, const struct winning_span *spans, size_t n, int64_t most)
{
    for (size_t i = 0; i < n; i++) {
        text_printf(to, "%s%s .. ", i > 0 ? ", " : "",
            explain_micro(spans[i].low).text);
        text_puts(to,
            spans[i].high == most ? "any" : explain_micro(spans[i].high).text);
    }
}

void explain_winning(struct figures *f, const struct award_result *a)
{
    const struct winning *w = &a->winning;
    struct text spans = {0}, open = {0};

    if (figures_winning_is_plain(a))
        return;
    explain_say(f,
        "with an expression a lower price may lose where a higher one wins: "
        "at each end of these spans, total against the best rival decides");
    put_spans(&spans, w->spans, w->spans_n, w->all.high);
    put_spans(&open, w->open, w->open_n, w->all.high);
    explain_say(
        f, "the prices that win: %s", w->spans_n > 0 ? text_peek(&spans) : "-");
    if (w->open_n > 0)
        explain_say(f,
            "prices that are not settled, as the award changes too often "
            "there: %s",
            text_peek(&open));
    text_fini(&spans);
    text_fini(&open);
}
