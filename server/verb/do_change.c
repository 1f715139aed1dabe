/* SPDX-License-Identifier: Apache-2.0
 *
 * do_change.c - add, set, del, undo, forget and note.
 *
 * The kind of what is changed must be known before its fields can be checked.
 * An id tells it; a code is looked up first, by a reader, and becomes an id.
 */
#include "protocol/base_mem.h"
#include "server/verb/handlers.h"
#include "server/verb/party_change.h"

#include <stdlib.h>
#include <string.h>

/* How much of a text arrived: stock clients may swallow lines. */
static void reply_texts(struct reply *r, const struct change *change)
{
    for (size_t i = 0; i < change->assigns_n; i++) {
        const struct assign *a = &change->assigns[i];
        const struct field_row *row = &fields[a->field];
        struct text key = {0};
        size_t lines = 1;

        if (row->type != TYPE_TEXT || a->clear)
            continue;
        for (const char *p = a->value.text; *p; p++)
            lines += *p == '\n';
        text_printf(&key, "%s.lines", row->word);
        reply_int(r, key.bytes, (int64_t)lines);
        key.len = 0;
        text_printf(&key, "%s.bytes", row->word);
        reply_int(r, key.bytes, (int64_t)strlen(a->value.text));
        text_fini(&key);
    }
}

static bool apply_failed(struct session *s, struct task *t)
{
    enum err err = t->set->fault.err != ERR_OK ? t->set->fault.err : t->job.err;

    if (err == ERR_OK)
        return false;
    t->set->fault.err = err;
    t->set->fault.step = 0;
    session_fail(s, &t->request, &t->set->fault);
    return true;
}

static void finish_apply(struct session *s, struct task *t)
{
    const struct done *done = t->set->done;

    if (apply_failed(s, t))
        return;
    INSIST(t->set->done_n == 1);
    struct reply r = session_reply(s);
    reply_ok(&r, t->request.tag);
    id_reply(&r, "id", done->kind, done->id);
    reply_int(&r, "rev", (int64_t)done->rev);
    if (done->undone)
        reply_word(&r, "did", undone_word(done->undone));
    reply_texts(&r, &t->set->list[0]);
    if (t->set->replay)
        reply_word(&r, "replay", "yes");
    reply_end(&r);
    seen_put(&s->seen, done->kind, done->id, done->rev);
}

static void refuse(struct session *s, struct task *t, struct fault *fault)
{
    batch_refuse(s, &t->request, fault);
    fault_fini(fault);
    task_drop(t);
}

static enum err check_once(
    struct session *s, const struct request *q, struct fault *fault)
{
    const char *once = request_key(q, "once");

    if (once && s->batch)
        return fault_set(
            fault, ERR_STATE, "once", once, "once= on commit, in a batch");
    return once_read(q, fault);
}

/* The kind is known: into the batch, or to the writer. */
static void go(
    struct session *s, struct task *t, enum kind kind, const char *target)
{
    struct fault fault = {0};

    if (check_once(s, &t->request, &fault) != ERR_OK) {
        refuse(s, t, &fault);
        return;
    }
    if (s->batch) {
        if (change_read(s, &t->request, kind, target, &s->batch->set, &fault) !=
            ERR_OK) {
            refuse(s, t, &fault);
            return;
        }
        batch_queue(s, &t->request);
        task_drop(t);
        return;
    }
    t->set = mem_new(sizeof *t->set);
    if (change_read(s, &t->request, kind, target, t->set, &fault) != ERR_OK) {
        refuse(s, t, &fault);
        return;
    }
    change_fill(s, &t->request, mem_text(t->request.text), t->set);
    t->keeps_order = true;
    change_start(t, finish_apply);
}

void do_add(struct session *s, struct request *q)
{
    enum kind kind = kind_find(q->args[0]);
    struct fault fault = {0};

    if (kind == KIND_NONE) {
        fault_kinds(q->args[0], &fault);
        batch_refuse(s, q, &fault);
        fault_fini(&fault);
        return;
    }
    go(s, task_new(s, q), kind, NULL);
}

void do_note(struct session *s, struct request *q)
{
    go(s, task_new(s, q), KIND_NOTE, NULL);
}

struct target {
    enum kind kind;
    uint64_t id;
};

static void clean_target(struct task *t)
{
    free(t->state);
}

static enum err run_find(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct target *target = t->state;
    const char *word = t->request.args[0];
    enum err err = store_find(
        store, &t->viewer, t->scope, word, &target->kind, &target->id);

    if (err != ERR_OK)
        return fault_set(&t->fault, err, "id", word, NULL);
    return ERR_OK;
}

/* A request that is sent again may have deleted what its code named. */
static void ask_once(struct session *s, struct task *t)
{
    t->set = mem_new(sizeof *t->set);
    struct change *change = change_add(t->set);

    change->verb = CHANGE_GONE;
    change->target = mem_text(t->request.args[0]);
    change_fill(s, &t->request, mem_text(t->request.text), t->set);
    t->keeps_order = true;
    change_start(t, finish_apply);
}

static void finish_find(struct session *s, struct task *t)
{
    struct target *target = t->state;
    struct text id = {0};

    if (t->job.err == ERR_NONE && request_key(&t->request, "once") &&
        s->batch == NULL) {
        ask_once(s, t);
        return;
    }
    if (t->job.err != ERR_OK) {
        t->fault.err = t->job.err;
        batch_refuse(s, &t->request, &t->fault);
        return;
    }
    id_print(&id, target->kind, target->id);
    go(s, t, target->kind, id.bytes);
    text_fini(&id);
}

static void change_target(struct session *s, struct request *q)
{
    const char *word = q->args[0];
    enum kind kind;
    uint64_t id;

    if (id_read(word, &kind, &id) == ERR_OK) {
        char *copy = mem_text(word);

        go(s, task_new(s, q), kind, copy);
        free(copy);
        return;
    }
    kind = batch_kind(s, word);
    if (kind != KIND_NONE || word[0] == '$') {
        struct fault fault = {0};
        char *copy = mem_text(word);

        if (kind != KIND_NONE) {
            go(s, task_new(s, q), kind, copy);
        } else {
            fault_set(&fault, ERR_NONE, "id", word, "a name of this batch");
            batch_refuse(s, q, &fault);
            fault_fini(&fault);
        }
        free(copy);
        return;
    }
    struct task *t = task_new(s, q);
    t->state = mem_new(sizeof(struct target));
    t->clean = clean_target;
    task_start(t, db_read, run_find, finish_find);
}

void do_set(struct session *s, struct request *q)
{
    change_target(s, q);
}

void do_del(struct session *s, struct request *q)
{
    change_target(s, q);
}

void do_forget(struct session *s, struct request *q)
{
    if (q->args_n > 1)
        change_target(s, q);
    else
        party_change_start(s, q, party_plan_forget);
}

/* A transaction has no target. */
void do_undo(struct session *s, struct request *q)
{
    if (q->args_n > 0)
        change_target(s, q);
    else
        go(s, task_new(s, q), KIND_NONE, NULL);
}
