/* SPDX-License-Identifier: Apache-2.0
 *
 * party_change.c - forget PERSON and merge: planned by a reader, made by the
 * writer.
 */
#include "server/verb/party_mention.h"

#include "protocol/base_mem.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct planning {
    party_plan_fn *plan;
    struct party_counts counts;
    struct changeset *set; /* until it becomes that of the task */
};

static void clean_planning(struct task *t)
{
    struct planning *p = t->state;

    if (p->set)
        changeset_fini(p->set);
    free(p->set);
    free(p);
}

enum err party_find(struct store *store, struct task *t, const char *key,
    const char *word, uint64_t *got)
{
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    enum err err = store_find(store, &t->viewer, t->scope, word, &kind, &id);

    if (err == ERR_OK && kind != KIND_PARTY)
        err = ERR_NONE;
    if (err == ERR_NONE)
        fault_set(&t->fault, err, key, word, "the id or code of a party");
    if (err == ERR_OK)
        *got = id;
    return err;
}

struct change *party_change(
    struct changeset *set, enum change_verb verb, enum kind kind, uint64_t id)
{
    struct change *change = change_add(set);
    struct text word = {0};

    id_print(&word, kind, id);
    change->verb = verb;
    change->kind = KIND_NONE;
    change->target = text_take(&word);
    return change;
}

static void put_count(struct reply *r, const char *key, size_t n)
{
    if (n)
        reply_int(r, key, (int64_t)n);
}

static void finish_apply(struct session *s, struct task *t)
{
    const struct planning *p = t->state;
    enum err err = t->set->fault.err != ERR_OK ? t->set->fault.err : t->job.err;

    if (err != ERR_OK) {
        t->set->fault.err = err;
        t->set->fault.step = 0;
        session_fail(s, &t->request, &t->set->fault);
        return;
    }
    INSIST(t->set->done_n > 0);
    /* The party stands last in every set. */
    const struct done *done = &t->set->done[t->set->done_n - 1];
    if (!t->set->replay)
        text_add(session_out(s), text_peek(&t->out), t->out.len);
    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    id_reply(&r, "id", done->kind, done->id);
    reply_int(&r, "rev", (int64_t)done->rev);
    put_count(&r, "erased", p->counts.erased);
    put_count(&r, "redacted", p->counts.redacted);
    put_count(&r, "mentions", p->counts.mentions);
    put_count(&r, "moved", p->counts.moved);
    put_count(&r, "joined", p->counts.joined);
    put_count(&r, "filled", p->counts.filled);
    if (p->counts.unseen)
        reply_yes(&r, "unseen", true);
    if (t->set->replay)
        reply_word(&r, "replay", "yes");
    reply_end(&r);
}

static enum err run_plan(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct planning *p = t->state;

    p->set = mem_new(sizeof *p->set);
    return p->plan(store, t, p->set, &p->counts);
}

/* Sent again, the request may have taken away what it names: the writer knows
 * by once=. */
static void ask_once(struct task *t, struct planning *p)
{
    changeset_fini(p->set);
    struct change *change = change_add(p->set);

    change->verb = CHANGE_GONE;
    change->kind = KIND_NONE;
    change->target = mem_text(t->request.args[t->request.args_n - 1]);
}

static void finish_plan(struct session *s, struct task *t)
{
    struct planning *p = t->state;
    bool again = t->job.err == ERR_NONE && request_key(&t->request, "once");

    if (t->job.err != ERR_OK && !again) {
        t->fault.err = t->job.err;
        session_fail(s, &t->request, &t->fault);
        return;
    }
    if (again)
        ask_once(t, p);
    t->set = p->set;
    p->set = NULL;
    change_fill(s, &t->request, mem_text(t->request.text), t->set);
    t->set->batch = true;
    change_start(t, finish_apply);
}

void party_change_start(
    struct session *s, struct request *q, party_plan_fn *plan)
{
    struct fault fault = {0};
    enum err err = once_read(q, &fault);

    if (err != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        return;
    }
    struct task *t = task_new(s, q);
    struct planning *p = mem_new(sizeof *p);
    p->plan = plan;
    t->state = p;
    t->clean = clean_planning;
    task_start(t, db_read, run_plan, finish_plan);
}

/* Erasing. */

static bool can_forget(size_t field)
{
    const struct field_row *row = &fields[field];
    bool text = row->type == TYPE_WORD || row->type == TYPE_LINE ||
                row->type == TYPE_TEXT;

    return text || !(row->flags & (FIELD_NEEDED | FIELD_FIXED));
}

static void add_forget(struct changeset *set, enum kind kind, uint64_t id)
{
    const struct kind_row *row = kind_row(kind);
    struct change *change = party_change(set, CHANGE_FORGET, kind, id);

    for (size_t f = row->first; f < row->first + row->count; f++)
        if (can_forget(f)) {
            struct datum none = {0};

            change_assign(change, f, OP_EQ, true, &none);
        }
}

/* What is erased, and so names nobody any more. */
static void keep_rows(struct abouts *erased, const struct abouts *about)
{
    for (size_t i = 0; i < about->n; i++) {
        const struct about_row *row = &about->list[i];

        if (row->what != ABOUT_OWN)
            continue;
        erased->list = mem_grow(
            erased->list, &erased->room, erased->n + 1, sizeof *erased->list);
        erased->list[erased->n++] =
            (struct about_row){row->what, row->kind, row->id, NULL};
    }
}

/* What refers to others goes before them. */
static void forget_rows(const struct abouts *about, struct changeset *set,
    struct party_counts *counts)
{
    for (size_t i = about->n; i-- > 1;) {
        const struct about_row *row = &about->list[i];

        if (row->what != ABOUT_OWN)
            continue;
        add_forget(set, row->kind, row->id);
        if (row->object)
            party_change(set, CHANGE_DEL, row->kind, row->id);
        counts->erased++;
    }
}

/* Those that were merged into it have a history of their own. */
static enum err forget_former(struct store *store, struct task *t,
    const struct object *party, struct changeset *set, struct abouts *erased,
    struct party_counts *counts)
{
    const struct datum *former =
        &party->values[field_place(FIELD_PARTY_FORMERLY)];
    char *copy = mem_text(former->set ? former->text : "");
    char *rest = copy;
    enum err err = ERR_OK;

    for (char *word; err == ERR_OK && (word = strsep(&rest, ",")) != NULL;) {
        struct abouts about = {0};
        enum kind kind;
        uint64_t id;

        if (id_read(word, &kind, &id) != ERR_OK || kind != KIND_PARTY)
            continue;
        err = store_about(store, &t->viewer, KIND_PARTY, id, true, &about);
        if (err == ERR_OK && about.list[0].object == NULL) {
            forget_rows(&about, set, counts);
            add_forget(set, KIND_PARTY, id);
            keep_rows(erased, &about);
        }
        abouts_fini(&about);
    }
    free(copy);
    return err;
}

static bool is_named(const struct abouts *about)
{
    for (size_t i = 1; i < about->n; i++)
        if (about->list[i].what == ABOUT_NAMED)
            return true;
    return about->hidden;
}

/* Texts about something else that name them: told, or mended. */
static enum err plan_mentions(struct store *store, struct task *t,
    const struct abouts *erased, struct changeset *set,
    struct party_counts *counts)
{
    const char *word = request_key(&t->request, "redact");
    bool redact = word && strcmp(word, "yes") == 0;
    struct mentions found = {0};
    enum err err = mentions_of(store, &t->viewer, erased, &found);

    if (err == ERR_OK)
        err = store_mentions(store, &t->viewer, erased, &found);
    if (err == ERR_OK)
        party_mentions_tell(t, &found, redact, counts);
    if (err == ERR_OK && redact)
        err = party_mentions_take_out(store, t, &found, set, counts);
    counts->unseen |= found.hidden;
    mentions_fini(&found);
    return err;
}

static enum err plan_forget(struct store *store, struct task *t,
    const struct abouts *about, struct changeset *set,
    struct party_counts *counts)
{
    const struct object *party = about->list[0].object;
    const struct datum *sort = &party->values[field_place(FIELD_PARTY_SORT)];
    struct abouts erased = {0};

    if (strcmp(sort->text, "person") != 0)
        return fault_set(&t->fault, ERR_STATE, "party", t->request.args[0],
            "a person; name the fields to forget of anything else");
    enum err err = forget_former(store, t, party, set, &erased, counts);
    keep_rows(&erased, about);
    counts->unseen = about->hidden;
    if (err == ERR_OK)
        err = plan_mentions(store, t, &erased, set, counts);
    abouts_fini(&erased);
    if (err != ERR_OK)
        return err;
    forget_rows(about, set, counts);
    counts->erased++;
    add_forget(set, KIND_PARTY, party->id);
    if (!is_named(about))
        party_change(set, CHANGE_DEL, KIND_PARTY, party->id);
    return ERR_OK;
}

enum err party_plan_forget(struct store *store, struct task *t,
    struct changeset *set, struct party_counts *counts)
{
    struct abouts about = {0};
    uint64_t id = 0;
    const char *guard = request_key(&t->request, "if");
    const char *redact = request_key(&t->request, "redact");

    if (guard)
        return fault_set(
            &t->fault, ERR_ARG, "if", guard, "if= with fields to forget");
    if (redact && strcmp(redact, "yes") != 0 && strcmp(redact, "no") != 0)
        return fault_set(&t->fault, ERR_ARG, "redact", redact, "yes or no");
    enum err err = party_find(store, t, "party", t->request.args[0], &id);
    if (err == ERR_OK)
        err = store_about(store, &t->viewer, KIND_PARTY, id, true, &about);
    if (err == ERR_OK)
        err = plan_forget(store, t, &about, set, counts);
    abouts_fini(&about);
    return err;
}
