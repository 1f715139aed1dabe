/* SPDX-License-Identifier: Apache-2.0
 *
 * do_compute.c - the way of a computation: find the tender, read its record
 * unless a fresh one is shared, or what was touched since where an older one
 * is, compute on a worker unless the answer is kept, answer.
 */
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "server/figure/figures.h"
#include "server/people/person.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct computing {
    figure_fn *figure;
    uint64_t tender;
    uint64_t touched;
    uint64_t at;    /* 0: now */
    uint64_t since; /* shared stands as it was at that seq */
    bool all;
    struct record *read;          /* of the past: for this task alone */
    struct record *notes;         /* for lint alone */
    struct objects *team;         /* [KIND_COUNT], or NULL: of all tenders */
    struct shared_record *shared; /* of now, or what run_load begins with */
    char *key;                    /* of the answer, where it may be kept */
    bool shares;                  /* reads its model and changes nothing */
    struct tender_model *model;   /* of the shared record; or NULL */
    struct tender_model *made;    /* to be kept there */
    struct text last;             /* keys of the final line */
};

static void clean_computing(struct task *t)
{
    struct computing *c = t->state;

    free(c->key);
    tender_model_free(&c->made);
    record_free(&c->read);
    record_free(&c->notes);
    for (int kind = 0; c->team && kind < KIND_COUNT; kind++)
        objects_fini(&c->team[kind]);
    free(c->team);
    cache_drop(&c->shared);
    text_fini(&c->last);
    free(c);
}

static void end_answer(
    struct session *s, struct task *t, const struct text *last)
{
    const struct computing *c = t->state;
    struct reply r;

    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)(c->at ? c->at : t->head));
    text_add(r.to, text_peek(last), last->len);
    reply_end(&r);
}

static void keep_answer(struct task *t)
{
    struct computing *c = t->state;
    struct kept_answer answer = {c->key, t->out, c->last, t->rows};

    c->key = NULL;
    t->out = c->last = (struct text){0};
    cache_keep(c->shared, &answer);
}

static void finish_compute(struct session *s, struct task *t)
{
    struct computing *c = t->state;
    enum err err = t->fault.err != ERR_OK ? t->fault.err : t->job.err;

    if (c->made)
        cache_model(c->shared, &c->made);
    text_add(session_out(s), text_peek(&t->out), t->out.len);
    if (err != ERR_OK) {
        t->fault.err = err;
        session_fail(s, &t->request, &t->fault);
        return;
    }
    end_answer(s, t, &c->last);
    if (c->key)
        keep_answer(t);
}

static size_t collect_with(const struct request *q, const char **words)
{
    size_t n = 0;

    for (size_t i = q->keyed; i < q->words.n; i++)
        if (q->words.list[i].key && strcmp(q->words.list[i].key, "with") == 0)
            words[n++] = q->words.list[i].value;
    return n;
}

static struct figures figures_of(struct task *t, const struct record *record,
    struct reply *r, struct reply *last)
{
    const struct request *q = &t->request;
    struct computing *c = t->state;

    return (struct figures){.r = r,
        .last = last,
        .record = record,
        .notes = c->notes,
        .team = c->team,
        .all = c->all,
        .figure = q->args_n > 1 ? q->args[1] : NULL,
        .bid = request_key(q, "bid"),
        .criterion = request_key(q, "criterion"),
        .segment = request_key(q, "segment"),
        .language = t->language,
        .request = q,
        .work = &t->work,
        .fault = &t->fault};
}

static enum err compute_lot(
    struct task *t, struct figures *f, const struct object *lot)
{
    struct computing *c = t->state;
    struct tender_model *made = NULL;
    struct text name = {0};

    bool shares = c->shares && f->record == c->shared->record;

    f->made = shares ? c->model : NULL;
    if (f->made == NULL || f->made->lot != lot) {
        tender_model_new(f->record, lot ? lot->id : 0, &made);
        f->made = made;
    }
    if (lot) {
        object_name(&name, lot);
        f->lot = name.bytes;
    }
    enum err err = c->figure(f);
    if (shares && c->model == NULL && c->made == NULL) {
        c->made = made;
        made = NULL;
    }
    tender_model_free(&made);
    text_fini(&name);
    return err;
}

static bool is_group(const struct object *lot)
{
    const struct datum *sort = &lot->values[field_place(FIELD_LOT_SORT)];

    return sort->set && strcmp(sort->text, "group") == 0;
}

static size_t count_lots(const struct record *record)
{
    size_t n = 0;

    for (size_t i = 0; i < record->n[KIND_LOT]; i++)
        n += !is_group(record->list[KIND_LOT][i]);
    return n;
}

/* The keys of the final line belong to one lot; with several they stand in a
 * row of their own. */
static enum err compute_lots(
    struct task *t, struct figures *f, const struct record *record)
{
    size_t done = 0;

    for (size_t i = 0; i < record->n[KIND_LOT]; i++) {
        const struct object *lot = record->list[KIND_LOT][i];
        struct text keys = {0};
        struct reply last = {.to = &keys, .in_json = t->json};

        if (is_group(lot))
            continue;
        f->last = &last;
        long_work_part(&t->work, done, count_lots(record));
        enum err err = compute_lot(t, f, lot);
        if (err == ERR_OK) {
            reply_data(f->r, "lot", NULL);
            figures_name(f->r, "code", lot);
            text_add(f->r->to, text_peek(&keys), keys.len);
            reply_end(f->r);
            done++;
        }
        text_fini(&keys);
        if (err != ERR_OK && err != ERR_STATE)
            return err;
    }
    if (done == 0)
        return t->fault.err;
    fault_fini(&t->fault);
    return ERR_OK;
}

static enum err compute_record(struct task *t, const struct record *record)
{
    struct computing *c = t->state;
    const char *word = request_key(&t->request, "lot");
    struct reply r = task_reply(t);
    struct reply last = {.to = &c->last};
    struct figures f = figures_of(t, record, &r, &last);
    enum err err = person_today(t, &f.today);

    if (err != ERR_OK)
        return err;

    long_work_begin(&t->work);
    if (word) {
        const struct object *lot = record_find(record, KIND_LOT, word);

        if (lot == NULL)
            return fault_set(
                &t->fault, ERR_NONE, "lot", word, "a lot of the tender");
        err = compute_lot(t, &f, lot);
    } else if (c->team == NULL && count_lots(record) > 1) {
        err = compute_lots(t, &f, record);
    } else {
        err = compute_lot(t, &f, NULL);
    }
    t->rows = r.rows;
    return err;
}

static enum err run_compute(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct computing *c = t->state;
    const struct record *record = c->read ? c->read : c->shared->record;
    const char *words[LIMIT_WORDS_MOST];
    size_t n = collect_with(&t->request, words);
    struct record *other = NULL;

    (void)store;
    if (!limit_allows(LIMIT_ROW_WITH, n))
        return fault_limit(&t->fault, "with", LIMIT_ROW_WITH);
    if (n == 0)
        return compute_record(t, record);
    enum err err = record_with(record, words, n, &other, &t->fault);
    if (err == ERR_OK)
        err = compute_record(t, other);
    record_with_free(record, &other);
    return err;
}

/* A verb about something else than a tender has it in tender=, or in use:
 * NULL. */
static const char *tender_word(const struct task *t)
{
    size_t len;

    return command_key(t->request.command, "tender", &len)
               ? request_key(&t->request, "tender")
               : t->request.args[0];
}

static enum err run_load(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct computing *c = t->state;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = store_touched(store, t->viewer.team, c->tender, &c->touched);
    if (err == ERR_OK && c->shared)
        err = store_record_since(
            store, &t->viewer, c->shared->record, c->since, &c->read);
    else if (err == ERR_OK)
        err = store_record(store, &t->viewer, c->tender, c->at, &c->read);
    if (err == ERR_NONE)
        fault_set(&t->fault, err, "tender", tender_word(t), NULL);
    return err;
}

/* What draws takes seconds, also to explain. */
static bool takes_long(const struct request *q)
{
    return q->command->class == COMMAND_LONG ||
           (q->id == CMD_EXPLAIN && figure_explain_draws(q->args[1]));
}

static void start_computing(struct task *t)
{
    struct computing *c = t->state;
    bool is_long = takes_long(&t->request);

    c->shares = c->shared && !is_long;
    if (c->shares)
        c->model = c->shared->model;
    task_start(t, is_long ? db_long : db_work, run_compute, finish_compute);
}

/* Notes change nothing that figures need, and are read for lint alone. */
static bool reads_notes(const struct task *t)
{
    return t->request.id == CMD_LINT;
}

/* What was asked and how, but for the name of the tender, and the setting that
 * can change it meanwhile; NULL where the answer is not to be kept: of the
 * past, with words that nobody knows, or of notes or other tenders too. */
static char *key_of(const struct task *t)
{
    const struct request *q = &t->request;
    const struct computing *c = t->state;
    struct text key = {0};

    if (c->at != 0 || t->grease != 0 || takes_long(q) || reads_notes(t) ||
        c->team)
        return NULL;
    text_printf(&key, "%d %d %d %lld %zu", (int)q->id, t->json,
        (int)t->language, (long long)day_of_time(t->now_ms), LIMIT_NOW(UNFAIR));
    size_t len;
    bool tender_first = !command_key(q->command, "tender", &len);
    for (size_t i = tender_first; i < q->args_n; i++)
        text_printf(&key, "\n%zu:%s", strlen(q->args[i]), q->args[i]);
    for (size_t i = q->keyed; i < q->words.n; i++) {
        const struct word *word = &q->words.list[i];

        if (word->key)
            text_printf(&key, "\n%s=%zu:%s", word->key, strlen(word->value),
                word->value);
    }
    return text_take(&key);
}

/* Answers at once where the answer is kept. */
static void answer(struct session *s, struct task *t)
{
    struct computing *c = t->state;

    c->key = key_of(t);
    const struct kept_answer *kept = cache_answer(c->shared, c->key);
    if (kept == NULL) {
        start_computing(t);
        return;
    }
    text_add(session_out(s), text_peek(&kept->rows), kept->rows.len);
    t->rows = kept->rows_n;
    end_answer(s, t, &kept->last);
}

static void finish_load(struct session *s, struct task *t)
{
    struct computing *c = t->state;

    if (t->job.err != ERR_OK) {
        task_answer(s, t);
        return;
    }
    if (c->at == 0 && c->read == NULL) {
        cache_stands(c->shared, t->head, c->touched);
        answer(s, t);
        return;
    }
    if (c->at == 0) {
        cache_drop(&c->shared);
        c->shared =
            cache_put(s->engine, s->user.team, c->tender, c->touched, c->read);
        c->read = NULL;
        c->key = key_of(t);
    }
    start_computing(t);
}

static enum err find_around(struct store *store, const struct task *t,
    enum kind kind, uint64_t id, uint64_t *tender)
{
    struct object *object = NULL;
    enum err err = store_get(store, &t->viewer, kind, id, 0, &object);

    if (err == ERR_OK)
        *tender = object->tender;
    object_free(&object);
    return err;
}

/* What is asked about may be a tender, or stand in one: that comes before the
 * one in use. */
static enum err find_subject(
    struct store *store, const struct task *t, uint64_t *tender)
{
    const char *word = t->request.args_n > 0 ? t->request.args[0] : NULL;
    enum kind kind = KIND_TENDER;
    uint64_t found;

    if (word == NULL)
        return ERR_OK;
    enum err err = store_find(store, &t->viewer, t->scope, word, &kind, &found);
    if (err == ERR_OK && kind == KIND_TENDER)
        *tender = found;
    else if (err == ERR_OK && kind_row(kind)->scope == SCOPE_TENDER)
        err = find_around(store, t, kind, found, tender);
    return err == ERR_NONE ? ERR_OK : err;
}

/* What explain needs beyond the tender. */
static enum err read_team(struct store *store, struct task *t)
{
    const struct request *q = &t->request;
    struct computing *c = t->state;
    const enum kind *kinds =
        q->id == CMD_EXPLAIN ? figure_explain_reads(q->args[1]) : NULL;
    enum err err = ERR_OK;

    if (kinds != NULL)
        c->team = mem_new(KIND_COUNT * sizeof *c->team);
    for (; kinds && *kinds != KIND_COUNT && err == ERR_OK; kinds++)
        err = page_read_all(store, t, *kinds, c->at, &c->team[*kinds]);
    return err;
}

static enum err run_find(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct computing *c = t->state;
    const char *word = tender_word(t);
    enum err err = store_head(store, t->viewer.team, &t->head);

    c->tender = t->scope;
    if (err == ERR_OK && word)
        err = page_find_tender(store, t, t->scope, word, &c->tender);
    if (err == ERR_OK && word == NULL)
        err = find_subject(store, t, &c->tender);
    if (err == ERR_OK && c->tender == 0)
        err = fault_set(&t->fault, ERR_ARG, "tender", "",
            "tender=ID, or first: use tender=ID");
    if (err == ERR_OK && c->at > t->head)
        err = fault_set(&t->fault, ERR_ARG, "at",
            request_key(&t->request, "at"), "a seq that the team has reached");
    if (err == ERR_OK)
        err = store_touched(store, t->viewer.team, c->tender, &c->touched);
    if (err == ERR_OK && reads_notes(t))
        err = store_notes(store, &t->viewer, c->tender, c->at, &c->notes);
    if (err == ERR_OK)
        err = read_team(store, t);
    return err;
}

static void finish_find(struct session *s, struct task *t)
{
    struct computing *c = t->state;

    if (t->job.err != ERR_OK) {
        task_answer(s, t);
        return;
    }
    if (c->at == 0)
        c->shared = cache_peek(s->engine, s->user.team, c->tender);
    if (c->shared && c->shared->touched == c->touched) {
        answer(s, t);
        return;
    }
    if (c->shared)
        c->since = c->shared->seq;
    task_start(t, db_read, run_load, finish_load);
}

static void start(struct session *s, struct request *q, figure_fn *figure)
{
    struct computing *c = mem_new(sizeof *c);
    struct fault fault = {0};
    const char *all = request_key(q, "all");

    c->figure = figure;
    c->all = all && strcmp(all, "yes") == 0;
    enum err err = request_int(q, "at", 0, &c->at, &fault);
    if (err == ERR_OK && all && !c->all && strcmp(all, "no") != 0)
        err = fault_set(&fault, ERR_ARG, "all", all, "yes or no");
    if (err != ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        free(c);
        return;
    }
    struct task *t = task_new(s, q);
    t->state = c;
    t->clean = clean_computing;
    task_start(t, db_read, run_find, finish_find);
}

/* Each verb that computes has a figure of its name. */
#define START_FLOW(name)
#define START_READ(name)
#define START_CHANGE(name)
#define START_LONG(name) START_COMPUTE(name)
#define START_COMPUTE(name)                                                    \
    void do_##name(struct session *s, struct request *q)                       \
    {                                                                          \
        start(s, q, figure_##name);                                            \
    }
#define CMD(id, name, word, role, class, ...) START_##class(name)
#include "protocol/commands.def"
#undef CMD
