/* SPDX-License-Identifier: Apache-2.0
 *
 * history.c - comparing what was seen with the one order of the numbers.
 *
 * First the writes are put in that order, each number and each value once; then
 * everything else is held against it.
 */
#include "tests/parts/history.h"

#include "protocol/base_mem.h"

#include <inttypes.h>
#include <stdlib.h>

/* A write of which at least one sending is known. */
struct write {
    const struct entry *entry; /* the answer, or a sending without one */
    uint64_t seq;              /* 0: it was never applied */
    uint64_t sent, heard;      /* first sent, first answered */
    size_t maker;              /* session; 0 when an answer was lost */
    bool refused;
};

struct order {
    const struct history *history;
    struct write *by_value;
    uint64_t *value_of; /* by seq - base */
    struct text *why;
};

static bool object(struct order *o, const struct entry *e, const char *what)
{
    text_printf(o->why,
        "session %zu kind=%d object=%zu field=%zu value=%" PRIu64
        " rev=%" PRIu64 " at=%" PRIu64 " if=%" PRIu64 ": %s\n",
        e->session, (int)e->kind, e->object, e->field, e->value, e->rev, e->at,
        e->guard, what);
    return false;
}

static struct write *write_at(const struct order *o, uint64_t seq)
{
    return &o->by_value[o->value_of[seq - o->history->base]];
}

static bool in_storm(const struct history *h, uint64_t seq)
{
    return seq > h->base && seq <= h->head;
}

/* The writes in their order. */

static bool place(struct order *o, const struct entry *e, struct write *w)
{
    if (!in_storm(o->history, e->rev))
        return object(o, e, "its number is none of the storm");
    uint64_t *value = &o->value_of[e->rev - o->history->base];

    if (w->seq && w->seq != e->rev)
        return object(o, e, "one change was answered with two numbers");
    if (*value && *value != e->value)
        return object(o, e, "two changes were answered with one number");
    if (w->seq && w->maker && !e->replay)
        return object(o, e, "it was applied, and answered as new again");
    *value = e->value;
    w->entry = e;
    w->seq = e->rev;
    if (!e->replay)
        w->maker = e->session;
    if (w->heard == 0 || e->heard < w->heard)
        w->heard = e->heard;
    return true;
}

static bool take_write(struct order *o, const struct entry *e)
{
    struct write *w = &o->by_value[e->value];

    if (w->sent == 0 || e->sent < w->sent)
        w->sent = e->sent;
    if (w->entry == NULL)
        w->entry = e;
    if (e->heard == 0)
        return true;
    if (!e->refused)
        return place(o, e, w);
    w->refused = true;
    return true;
}

static bool gather(struct order *o)
{
    for (size_t i = 0; i < o->history->n; i++) {
        const struct entry *e = &o->history->list[i];

        if (e->kind == ENTRY_WRITE && !take_write(o, e))
            return false;
    }
    return true;
}

/* No number is missing, and what was answered before another was asked stands
 * before it. */
static bool check_numbers(struct order *o)
{
    uint64_t first_heard = UINT64_MAX;

    for (uint64_t seq = o->history->head; seq > o->history->base; seq--) {
        if (o->value_of[seq - o->history->base] == 0) {
            text_printf(
                o->why, "number %" PRIu64 " was given to nobody\n", seq);
            return false;
        }
        const struct write *w = write_at(o, seq);
        if (first_heard < w->sent)
            return object(o, w->entry,
                "a change with a greater number was answered before this one "
                "was sent");
        if (w->heard < first_heard)
            first_heard = w->heard;
    }
    return true;
}

/* The steps of a batch follow each other, and all of them or none are there. */
static bool check_batches(struct order *o)
{
    for (uint64_t value = 2; value <= o->history->values; value++) {
        const struct write *w = &o->by_value[value];

        if (w->entry == NULL || w->entry->steps < 2 ||
            w->entry->step == w->entry->steps)
            continue;
        const struct write *next = &o->by_value[value + 1];
        if (next->entry == NULL || next->entry->key != w->entry->key)
            return object(o, w->entry, "a step of its batch is not known");
        if ((w->seq == 0) != (next->seq == 0))
            return object(o, w->entry, "half of a batch was applied");
        if (w->seq && next->seq != w->seq + 1)
            return object(o, w->entry, "the steps of a batch do not follow");
    }
    return true;
}

/* What the order says. */

/* The last number up to one that wrote a field of an object, or, with field
 * HISTORY_FIELDS, any field; base when none did. */
static uint64_t last_write(
    const struct order *o, size_t of, size_t field, uint64_t seq)
{
    for (; seq > o->history->base; seq--) {
        const struct entry *e = write_at(o, seq)->entry;

        if (e->object == of && (field == HISTORY_FIELDS || e->field == field))
            break;
    }
    return seq;
}

static uint64_t value_at(
    const struct order *o, size_t of, size_t field, uint64_t seq)
{
    uint64_t last = last_write(o, of, field, seq);

    return last == o->history->base ? 1 : o->value_of[last - o->history->base];
}

/* Whether a state that ends at a number can have been there between the sending
 * and the answer of an entry. */
static bool check_time(struct order *o, const struct entry *e, uint64_t at)
{
    for (uint64_t seq = at; seq > o->history->base; seq--)
        if (write_at(o, seq)->sent > e->heard)
            return object(o, e, "it saw a change before that was sent");
    for (uint64_t seq = at + 1; seq <= o->history->head && !e->past; seq++)
        if (write_at(o, seq)->heard && write_at(o, seq)->heard < e->sent)
            return object(o, e, "it did not see a change answered before");
    return true;
}

static bool check_read(struct order *o, const struct entry *e)
{
    const struct history *h = o->history;

    if (e->heard == 0)
        return true;
    if (e->at < h->base || e->at > h->head)
        return object(o, e, "there was no such state");
    for (size_t field = 0; field < HISTORY_FIELDS; field++)
        if (value_at(o, e->object, field, e->at) != e->values[field])
            return object(o, e, "the value was another one then");
    uint64_t rev = last_write(o, e->object, HISTORY_FIELDS, e->at);
    if (rev != h->base && rev != e->rev)
        return object(o, e, "the revision was another one then");
    return check_time(o, e, e->at);
}

static bool check_guard(struct order *o, const struct entry *e)
{
    const struct write *w = &o->by_value[e->value];

    if (e->heard == 0 || e->guard == 0)
        return true;
    if (!e->refused) {
        uint64_t before = w->seq - (e->steps ? e->step : 1);

        /* What an earlier step of one's own batch did is no conflict; and the
         * base, which stands for no write at all, is none either, though the
         * object may have been seen as it was added, before it. */
        uint64_t seq = last_write(o, e->object, e->field, before);
        if (seq > e->guard && seq != o->history->base)
            return object(o, e, "the field had been changed since");
        return true;
    }
    if (w->seq)
        return object(o, e, "what was refused was applied");
    if (!in_storm(o->history, e->rev))
        return object(o, e, "refused by a change that nobody made");
    if (last_write(o, e->object, HISTORY_FIELDS, e->rev) != e->rev)
        return object(o, e, "refused by a change of something else");
    uint64_t seq = last_write(o, e->object, e->field, e->rev);
    if (seq <= e->guard || seq == o->history->base)
        return object(o, e, "refused, and nobody had changed the field");
    if (write_at(o, seq)->entry->author != e->author)
        return object(o, e, "refused by a change of somebody else");
    return true;
}

/* The events of one session, which are in the list as they came. */
struct stream {
    bool open;
    uint64_t told;
};

static bool check_event(
    struct order *o, const struct entry *e, struct stream *stream)
{
    if (!stream->open || e->rev != stream->told + 1)
        return object(o, e, "an event is lost, doubled or out of order");
    if (!in_storm(o->history, e->rev))
        return object(o, e, "an event of no change");
    const struct write *w = write_at(o, e->rev);
    const struct entry *made = w->entry;
    uint64_t tx = made->steps > 1 ? w->seq - made->step + made->steps : 0;

    stream->told = e->rev;
    if (e->object != made->object || e->field != made->field ||
        e->value != made->value || e->author != made->author)
        return object(o, e, "the event is not of the change of that number");
    if (e->was != value_at(o, e->object, e->field, e->rev - 1))
        return object(o, e, "the event says that something else was before");
    if (e->tx != tx)
        return object(o, e, "the event is told as part of something else");
    if (w->maker && e->own != (w->maker == e->session))
        return object(o, e, "own and others' are mixed up");
    if (w->sent > e->heard || (e->own && w->heard > e->heard))
        return object(o, e, "the event came too early");
    return true;
}

static bool check_entry(
    struct order *o, const struct entry *e, struct stream *stream)
{
    switch (e->kind) {
    case ENTRY_WRITE:
        return check_guard(o, e);
    case ENTRY_READ:
        return check_read(o, e);
    case ENTRY_WATCH:
        *stream = (struct stream){true, e->at};
        return true;
    case ENTRY_EVENT:
        return check_event(o, e, stream);
    case ENTRY_END:
        return !stream->open || stream->told == o->history->head
                   ? true
                   : object(o, e, "its events end before the head");
    }
    return false;
}

static bool check_entries(struct order *o)
{
    const struct history *h = o->history;
    size_t sessions = 0;
    bool good = true;

    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].session >= sessions)
            sessions = h->list[i].session + 1;
    struct stream *streams = mem_new((sessions + 1) * sizeof *streams);
    for (size_t i = 0; i < h->n && good; i++)
        good = check_entry(o, &h->list[i], &streams[h->list[i].session]);
    free(streams);
    return good;
}

bool history_check(const struct history *history, struct text *why)
{
    struct order o = {.history = history,
        .by_value = mem_new((history->values + 2) * sizeof *o.by_value),
        .value_of =
            mem_new((history->head - history->base + 1) * sizeof *o.value_of),
        .why = why};
    bool good = gather(&o) && check_numbers(&o) && check_batches(&o) &&
                check_entries(&o);

    free(o.by_value);
    free(o.value_of);
    return good;
}

size_t history_add(struct history *history, const struct entry *entry)
{
    history->list = mem_grow(
        history->list, &history->room, history->n + 1, sizeof *history->list);
    history->list[history->n] = *entry;
    return history->n++;
}

void history_fini(struct history *history)
{
    free(history->list);
    *history = (struct history){0};
}
