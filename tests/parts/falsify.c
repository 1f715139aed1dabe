/* SPDX-License-Identifier: Apache-2.0
 *
 * falsify.c - ways in which a server could go wrong, done to what was noted.
 */
#include "tests/parts/falsify.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Falsifies one entry, if it is one for that; at is its place. */
typedef bool way_fn(struct history *h, size_t at);

static void take_out(struct history *h, size_t at)
{
    h->n--;
    memmove(&h->list[at], &h->list[at + 1], (h->n - at) * sizeof *h->list);
}

static bool is_event(const struct entry *e)
{
    return e->kind == ENTRY_EVENT;
}

/* A change that was applied, alone, and answered once. */
static bool is_applied(const struct entry *e)
{
    return e->kind == ENTRY_WRITE && e->heard && !e->refused && !e->replay &&
           e->steps == 0;
}

static bool is_refused(const struct entry *e)
{
    return e->kind == ENTRY_WRITE && e->heard && e->refused;
}

static bool lose_event(struct history *h, size_t at)
{
    if (!is_event(&h->list[at]))
        return false;
    take_out(h, at);
    return true;
}

static bool double_event(struct history *h, size_t at)
{
    struct entry twice = h->list[at];

    if (!is_event(&twice))
        return false;
    h->list[at + 1] = twice;
    return true;
}

static bool swap_events(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (!is_event(e) || !is_event(e + 1) || e->session != e[1].session)
        return false;
    struct entry first = *e;
    *e = e[1];
    e[1] = first;
    return true;
}

static bool change_event(struct history *h, size_t at)
{
    h->list[at].was++;
    return is_event(&h->list[at]);
}

static bool mix_up_own(struct history *h, size_t at)
{
    h->list[at].own = !h->list[at].own;
    return is_event(&h->list[at]) && !h->list[at].own;
}

static bool tear_transaction(struct history *h, size_t at)
{
    bool is = is_event(&h->list[at]) && h->list[at].tx;

    h->list[at].tx = 0;
    return is;
}

static bool change_read(struct history *h, size_t at)
{
    h->list[at].values[0]++;
    return h->list[at].kind == ENTRY_READ && h->list[at].heard;
}

/* A read of the present that was answered by the state before all changes. */
static bool read_stale(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (e->kind != ENTRY_READ || e->past || e->heard == 0 ||
        e->at < h->base + h->objects * 4)
        return false;
    e->at = e->rev = h->base;
    for (size_t i = 0; i < HISTORY_FIELDS; i++)
        e->values[i] = 1;
    return true;
}

static bool change_twice(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (!is_applied(e))
        return false;
    struct entry again = *e;
    again.rev = e->rev < h->head ? e->rev + 1 : e->rev - 1;
    again.replay = true;
    h->list[h->n - 1] = again;
    return true;
}

static bool apply_again(struct history *h, size_t at)
{
    if (!is_applied(&h->list[at]))
        return false;
    h->list[h->n - 1] = h->list[at];
    return true;
}

static bool lose_change(struct history *h, size_t at)
{
    if (!is_applied(&h->list[at]))
        return false;
    h->list[at].heard = 0;
    return true;
}

static bool share_number(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (!is_applied(e) || e->rev == h->head)
        return false;
    e->rev++;
    return true;
}

/* It was answered before what precedes it was sent. */
static bool reorder_changes(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (!is_applied(e) || e->rev < h->base + 2)
        return false;
    e->sent = 1;
    e->heard = 2;
    return true;
}

/* An if= that ought to have refused it. */
static bool ignore_guard(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (!is_applied(e))
        return false;
    for (size_t i = 0; i < h->n; i++) {
        const struct entry *other = &h->list[i];

        if (is_applied(other) && other->object == e->object &&
            other->field == e->field && other->rev < e->rev) {
            e->guard = other->rev - 1;
            return e->guard > 0;
        }
    }
    return false;
}

static bool refuse_for_nothing(struct history *h, size_t at)
{
    h->list[at].guard = h->list[at].rev;
    return is_refused(&h->list[at]);
}

static bool blame_another(struct history *h, size_t at)
{
    h->list[at].author = !h->list[at].author;
    return is_refused(&h->list[at]);
}

static bool apply_half(struct history *h, size_t at)
{
    struct entry *e = &h->list[at];

    if (e->kind != ENTRY_WRITE || e->steps < 2 || e->heard == 0 || e->refused ||
        e->step != e->steps)
        return false;
    e->heard = 0;
    e->rev = 0;
    return true;
}

static const struct {
    const char *name;
    way_fn *way;
} ways[] = {
    {"an event that is lost", lose_event},
    {"an event that comes twice", double_event},
    {"two events in the wrong order", swap_events},
    {"an event that says something else", change_event},
    {"somebody else's event as one's own", mix_up_own},
    {"an event that left its transaction", tear_transaction},
    {"a read of another value", change_read},
    {"a stale read", read_stale},
    {"a change of two numbers", change_twice},
    {"a change that was applied again", apply_again},
    {"a change that was lost", lose_change},
    {"two changes of one number", share_number},
    {"changes in the wrong order", reorder_changes},
    {"an if= that was not looked at", ignore_guard},
    {"a refusal for nothing", refuse_for_nothing},
    {"a refusal that blames another", blame_another},
    {"half of a batch", apply_half},
};

/* From the middle on, so that there is something before and behind it. */
static bool falsify(struct history *h, way_fn *way)
{
    for (size_t at = h->n / 2; at + 2 < h->n; at++) {
        struct entry before = h->list[at];

        if (way(h, at))
            return true;
        h->list[at] = before;
    }
    return false;
}

void falsify_all(struct history *history, struct text *why)
{
    size_t bytes = history->n * sizeof *history->list;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct history false_one = *history;
        struct text finding = {0};

        false_one.list = mem_new(bytes);
        memcpy(false_one.list, history->list, bytes);
        if (!falsify(&false_one, ways[i].way))
            text_printf(why, "nothing to falsify: %s\n", ways[i].name);
        else if (history_check(&false_one, &finding))
            text_printf(why, "not found: %s\n", ways[i].name);
        free(false_one.list);
        text_fini(&finding);
    }
}
