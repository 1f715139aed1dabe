/* SPDX-License-Identifier: Apache-2.0
 *
 * do_batch.c - begin, commit, abort: changes applied all or nothing.
 *
 * Queued lines are lexed and typed at once; an error spoils the batch, and
 * commit then says at which step.  Everything else is checked at commit.
 */
#include "protocol/base_mem.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

void batch_free(struct session *s)
{
    if (s->batch == NULL)
        return;
    changeset_fini(&s->batch->set);
    text_fini(&s->batch->request);
    free(s->batch);
    s->batch = NULL;
}

void batch_refuse(
    struct session *s, const struct request *q, const struct fault *fault)
{
    if (s->batch) {
        s->batch->steps++;
        if (s->batch->spoiled == 0)
            s->batch->spoiled = s->batch->steps;
    }
    session_fail(s, q, fault);
}

void batch_queue(struct session *s, const struct request *q)
{
    struct batch *b = s->batch;
    struct fault fault = {0};

    text_puts(&b->request, q->text);
    text_putc(&b->request, '\n');
    bool has_room = limit_allows(LIMIT_ROW_BATCH, b->steps + 1);
    if (!has_room || !limit_allows(LIMIT_ROW_BATCH_BYTES, b->request.len)) {
        if (!has_room)
            fault_limit(&fault, "batch", LIMIT_ROW_BATCH);
        else
            fault_limit(&fault, "batch-bytes", LIMIT_ROW_BATCH_BYTES);
        batch_refuse(s, q, &fault);
        fault_fini(&fault);
        return;
    }
    b->steps++;
    struct reply r = session_reply(s);
    reply_ok(&r, q->tag);
    reply_int(&r, "queued", (int64_t)b->steps);
    reply_end(&r);
}

static bool has_code(const struct change *change, const char *word)
{
    for (size_t i = 0; i < change->assigns_n; i++) {
        const struct assign *a = &change->assigns[i];

        if (fields[a->field].flags & FIELD_CODE && a->value.text &&
            strcmp(a->value.text, word) == 0)
            return true;
    }
    return false;
}

enum kind batch_kind(const struct session *s, const char *word)
{
    if (s->batch == NULL)
        return KIND_NONE;
    for (size_t i = s->batch->set.n; i-- > 0;) {
        const struct change *change = &s->batch->set.list[i];

        if (change->verb != CHANGE_ADD)
            continue;
        if ((change->as && strcmp(change->as, word) == 0) ||
            has_code(change, word))
            return change->kind;
    }
    return KIND_NONE;
}

void do_begin(struct session *s, struct request *q)
{
    s->batch = mem_new(sizeof *s->batch);
    s->batch->number = ++s->batch_numbers;
    struct reply r = session_reply(s);
    reply_ok(&r, q->tag);
    reply_int(&r, "batch", s->batch->number);
    reply_note(&r, text_of(TEXT_BATCH_OPEN, s->language));
    reply_end(&r);
}

static bool has_no_batch(struct session *s, const struct request *q)
{
    if (s->batch)
        return false;
    session_refuse(s, q, ERR_STATE, "batch", "none", "begin first");
    return true;
}

void do_abort(struct session *s, struct request *q)
{
    if (has_no_batch(s, q))
        return;
    struct reply r = session_reply(s);
    reply_ok(&r, q->tag);
    reply_int(&r, "dropped", (int64_t)s->batch->steps);
    reply_end(&r);
    batch_free(s);
}

/* Which step failed, before the final line. */
static void fail_commit(struct session *s, struct task *t, enum err err)
{
    struct fault *fault = &t->set->fault;
    struct reply r = session_reply(s);

    fault->err = err;
    if (fault->step) {
        reply_data(&r, "failed", NULL);
        reply_int(&r, "step", (int64_t)fault->step);
        if (fault->id)
            reply_word(&r, "id", fault->id);
        if (fault->guard_rev) {
            reply_int(&r, "if", (int64_t)fault->guard_rev);
            reply_int(&r, "rev", (int64_t)fault->rev);
        }
        reply_end(&r);
    }
    session_fail(s, &t->request, fault);
}

static void finish_commit(struct session *s, struct task *t)
{
    const struct changeset *set = t->set;
    enum err err = set->fault.err != ERR_OK ? set->fault.err : t->job.err;

    if (err != ERR_OK) {
        fail_commit(s, t, err);
        return;
    }
    struct reply r = session_reply(s);
    for (size_t i = 0; i < set->done_n; i++) {
        const struct done *done = &set->done[i];

        reply_data(&r, "done", NULL);
        reply_int(&r, "step", (int64_t)i + 1);
        id_reply(&r, "id", done->kind, done->id);
        reply_int(&r, "rev", (int64_t)done->rev);
        if (done->as)
            reply_word(&r, "as", done->as);
        if (done->undone)
            reply_word(&r, "did", undone_word(done->undone));
        reply_end(&r);
        seen_put(&s->seen, done->kind, done->id, done->rev);
    }
    reply_ok(&r, t->request.tag);
    reply_int(&r, "steps", (int64_t)set->done_n);
    reply_int(&r, "at", (int64_t)set->head);
    if (set->replay)
        reply_word(&r, "replay", "yes");
    reply_end(&r);
}

static void refuse_spoiled(struct session *s, struct request *q)
{
    struct fault fault = {.err = ERR_ABORTED, .step = s->batch->spoiled};

    batch_free(s);
    session_fail(s, q, &fault);
}

void do_commit(struct session *s, struct request *q)
{
    struct fault fault = {0};

    if (has_no_batch(s, q))
        return;
    if (once_read(q, &fault) != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        return;
    }
    if (s->batch->spoiled) {
        refuse_spoiled(s, q);
        return;
    }
    struct task *t = task_new(s, q);
    t->set = mem_new(sizeof *t->set);
    *t->set = s->batch->set;
    s->batch->set = (struct changeset){0};
    t->set->batch = true;
    change_fill(s, &t->request, text_take(&s->batch->request), t->set);
    t->job.weight = t->set->n ? t->set->n : 1;
    batch_free(s);
    change_start(t, finish_commit);
}
