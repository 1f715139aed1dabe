/* SPDX-License-Identifier: Apache-2.0
 *
 * feed.c - events to whoever watches.
 *
 * A watcher is a cursor on the journal.  Recent events stand in a ring per
 * team, so that one commit reaches all watchers without a read; a session
 * whose cursor is older than the ring is served from the journal by a reader
 * until it has caught up.  A slow reader costs no memory: its cursor waits.
 */
#include "server/session/inside.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Rows that one catching-up job reads. */
#define CATCH_UP 512

static struct feed *find_feed(struct engine *engine, uint64_t team, bool make)
{
    struct feed *f = engine->feeds;

    while (f && f->team != team)
        f = f->next;
    if (f == NULL && make) {
        f = mem_new(sizeof *f);
        f->team = team;
        f->next = engine->feeds;
        engine->feeds = f;
    }
    return f;
}

static struct event **slot(struct feed *f, uint64_t seq)
{
    return &f->ring[seq % FEED_EVENTS];
}

static void empty_feed(struct feed *f)
{
    for (uint64_t seq = f->first; f->first && seq <= f->last; seq++)
        event_drop(slot(f, seq));
    f->first = 0;
    f->last = 0;
}

static void put_event(struct feed *f, struct event *event)
{
    if (f->last && event->seq != f->last + 1)
        empty_feed(f);
    if (f->last && f->last - f->first + 1 == FEED_EVENTS) {
        event_drop(slot(f, f->first));
        f->first++;
    }
    event->shares++;
    *slot(f, event->seq) = event;
    f->last = event->seq;
    if (f->first == 0)
        f->first = event->seq;
}

static bool matches(const struct watch *w, const struct event *e)
{
    if (e->seq <= w->cursor)
        return false;
    if (w->all)
        return true;
    if (w->id == 0)
        return w->kind == e->kind;
    if (w->kind == e->kind && w->id == e->id)
        return true;
    return w->kind == KIND_TENDER && w->id == e->tender;
}

void event_words(
    struct reply *r, const char *prefix, const char *words, enum kind kind)
{
    struct words list = {0};
    struct words_fault fault;
    struct text key = {0};

    if (words == NULL ||
        words_read(words, strlen(words), NULL, 1024, &list, &fault) != ERR_OK)
        return;
    for (size_t i = 0; i < list.n; i++) {
        const struct word *w = &list.list[i];
        size_t field = w->key && kind != KIND_NONE ? field_find(kind, w->key)
                                                   : (size_t)FIELD_COUNT;
        bool is_text = field != FIELD_COUNT && fields[field].type == TYPE_TEXT;
        size_t lines = 1;

        if (w->key == NULL)
            continue;
        key.len = 0;
        text_puts(&key, prefix);
        text_puts(&key, w->key);
        if (!is_text || *w->value == '\0') {
            reply_word(r, key.bytes, w->value);
            continue;
        }
        for (const char *p = w->value; *p; p++)
            lines += *p == '\n';
        text_puts(&key, ".lines");
        reply_int(r, key.bytes, (int64_t)lines);
        key.len -= strlen("lines");
        text_puts(&key, "bytes");
        reply_int(r, key.bytes, (int64_t)strlen(w->value));
    }
    text_fini(&key);
    words_free(&list);
}

/* "price,name": the keys of the words. */
static void reply_changed(struct reply *r, const char *words)
{
    struct words list = {0};
    struct words_fault fault;
    struct text keys = {0};

    if (words == NULL ||
        words_read(words, strlen(words), NULL, 1024, &list, &fault) != ERR_OK)
        return;
    for (size_t i = 0; i < list.n; i++)
        if (list.list[i].key)
            text_printf(&keys, keys.len ? ",%s" : "%s", list.list[i].key);
    if (keys.len)
        reply_word(r, "changed", keys.bytes);
    text_fini(&keys);
    words_free(&list);
}

/* A hundred who watch are told the same, so it is worded once. */
static void word_event(struct event *e)
{
    struct reply r = {.to = &e->told};
    struct text id = {0};

    if (e->kind != KIND_NONE)
        id_print(&id, e->kind, e->id);
    reply_event(&r, e->seq, e->time, e->name, id.len ? id.bytes : NULL);
    e->told_head = e->told.len;
    reply_word(&r, "author", e->author);
    e->told_author = e->told.len;
    event_words(&r, "", e->after, e->kind);
    event_words(&r, "was.", e->before, e->kind);
    reply_end(&r);
    text_fini(&id);
}

/* tx= stands on every event of a transaction of several. */
static void write_event(struct session *s, struct event *e, bool shared_tx)
{
    struct reply r = {.to = &s->out};

    if (e->told.len == 0)
        word_event(e);
    const char *told = e->told.bytes;
    text_add(&s->out, told, e->told_head);
    if (shared_tx)
        reply_int(&r, "tx", (int64_t)e->tx);
    text_add(&s->out, told + e->told_head, e->told_author - e->told_head);
    if (e->session == s->number)
        reply_word(&r, "sess", "own");
    if (s->detail == EVENTS_SHORT) {
        reply_changed(&r, *e->after ? e->after : e->before);
        reply_end(&r);
    } else {
        text_add(&s->out, told + e->told_author, e->told.len - e->told_author);
    }
    if (e->kind != KIND_NONE)
        seen_put(&s->seen, e->kind, e->id, e->seq);
}

/* One event, once, however many watches it matches. */
static void pass_event(struct session *s, struct event *e)
{
    struct viewer viewer = session_viewer(s);
    bool wanted = false;
    bool shared_tx = e->tx != e->seq || s->last_tx == e->tx;

    s->last_tx = e->tx;
    for (size_t i = 0; i < s->watches_n; i++) {
        wanted = wanted || matches(&s->watches[i], e);
        if (s->watches[i].cursor < e->seq)
            s->watches[i].cursor = e->seq;
    }
    if (wanted && right_sees(&viewer, e->tender, e->members)) {
        write_event(s, e, shared_tx);
        s->counts->number[STAT_EVENTS]++;
        s->tick_ms = s->engine->hooks.now_ms(s->engine->hooks.ctx);
    }
    s->cursor = e->seq;
}

static bool is_full(const struct session *s)
{
    return !limit_allows(LIMIT_ROW_OUTPUT_HIGH, s->out.len - s->out_done);
}

static enum err run_catch_up(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    uint64_t oldest;

    return store_events(
        store, t->job.team, t->head, CATCH_UP, t->state, &oldest);
}

static void clean_catch_up(struct task *t)
{
    events_fini(t->state);
    free(t->state);
}

/* The journal may have been cut under a slow reader: it is told, since a
 * silent hole would be worse than the end of its watches. */
static void finish_catch_up(struct session *s, struct task *t)
{
    struct events *got = t->state;

    s->catching_up = false;
    if (t->job.err == ERR_GONE) {
        s->watches_n = 0;
        text_puts(&s->out, "# the history of your watches is gone; list "
                           "again, then watch\n");
        return;
    }
    /* A watch that begins further back rewinds the cursor: what was read
     * does not follow on it, and is read again. */
    if (s->cursor < t->head) {
        feed_follow(s);
        return;
    }
    for (size_t i = 0; t->job.err == ERR_OK && i < got->n; i++)
        if (got->list[i]->seq > s->cursor)
            pass_event(s, got->list[i]);
    if (t->job.err == ERR_OK && got->n == 0)
        s->known_head = s->cursor;
    feed_follow(s);
}

static void start_catch_up(struct session *s)
{
    struct request none = {0};
    struct task *t = task_new(s, &none);

    t->silent = true;
    t->keeps_order = true;
    t->state = mem_new(sizeof(struct events));
    t->clean = clean_catch_up;
    t->head = s->cursor;
    /* With a full queue engine_tick tries again. */
    s->catching_up = task_start(t, db_read, run_catch_up, finish_catch_up);
}

void feed_follow(struct session *s)
{
    struct feed *f;

    if (s->watches_n == 0 || s->catching_up || s->over ||
        s->detail == EVENTS_OFF)
        return;
    f = find_feed(s->engine, s->user.team, false);
    uint64_t last = f ? f->last : 0;
    uint64_t first = f && f->first ? f->first : UINT64_MAX;

    while (s->cursor < last && s->cursor + 1 >= first) {
        struct event *e = *slot(f, s->cursor + 1);

        if (is_full(s) && e->tx == e->seq)
            break;
        pass_event(s, e);
    }
    uint64_t head = last > s->known_head ? last : s->known_head;
    if (s->cursor < head && s->cursor + 1 < first && !is_full(s))
        start_catch_up(s);
    session_changed(s);
}

void feed_publish(struct engine *engine, const struct events *events)
{
    if (events->n == 0)
        return;
    uint64_t team = events->list[0]->team;
    struct feed *f = find_feed(engine, team, true);

    counts_of(&engine->counts, team)->number[STAT_CHANGES] += events->n;
    for (size_t i = 0; i < events->n; i++)
        put_event(f, events->list[i]);
    for (struct session *s = engine->sessions; s; s = s->next)
        if (s->user.team == team && s->watches_n)
            feed_follow(s);
}

uint64_t feed_seq(const struct session *s)
{
    return s->cursor;
}

void feed_free(struct engine *engine)
{
    while (engine->feeds) {
        struct feed *f = engine->feeds;

        engine->feeds = f->next;
        empty_feed(f);
        free(f);
    }
}
