/* SPDX-License-Identifier: Apache-2.0
 *
 * do_can.c - can: whether the rights allow a request, without doing it.
 *
 * An answer of no is no error: nothing was refused, and nothing is written
 * into the audit.
 */
#include "db/can.h"
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct asking {
    enum command_id verb;
    struct can_query query;
    size_t *fields;
    struct can_answer answer;
};

static void clean_asking(struct task *t)
{
    struct asking *g = t->state;

    free(g->fields);
    free(g);
}

static void answer(
    struct session *s, const struct request *q, const struct can_answer *a)
{
    struct reply r = session_reply(s);

    reply_ok(&r, q->tag);
    reply_word(&r, "can", a->can ? "yes" : "no");
    if (!a->can && a->field != FIELD_COUNT)
        reply_word(&r, "field", fields[a->field].word);
    if (!a->can) {
        reply_word(&r, "got", a->got);
        reply_word(&r, "allowed", a->allowed);
    }
    reply_end(&r);
}

/* The fields that the request names must be those of the kind; what they would
 * hold is for the change itself to check. */
static enum err read_fields(struct task *t, struct asking *g)
{
    const struct request *q = &t->request;

    g->fields = mem_new((q->words.n + 1) * sizeof *g->fields);
    for (size_t i = q->keyed; i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];
        size_t len;

        if (w->key == NULL || command_key(q->command, w->key, &len))
            continue;
        size_t field = field_find(g->query.kind, w->key);
        if (field == FIELD_COUNT)
            return fault_field(g->query.kind, w, "", &t->fault);
        g->fields[g->query.fields_n++] = field;
    }
    g->query.fields = g->fields;
    return ERR_OK;
}

static const char *subject_of(const struct task *t)
{
    return t->request.args_n > 1 ? t->request.args[1] : NULL;
}

static enum err find_subject(
    struct store *store, struct task *t, enum kind *kind, uint64_t *id)
{
    const char *word = subject_of(t);
    enum err err;

    if (word == NULL)
        return fault_set(&t->fault, ERR_ARG, "subject", "nothing",
            "an object, or a kind for add");
    err = store_find(store, &t->viewer, t->scope, word, kind, id);
    return err == ERR_OK ? err
                         : fault_set(&t->fault, err, "subject", word, NULL);
}

static enum err ask_add(struct store *store, struct task *t, struct asking *g)
{
    const char *word = subject_of(t);
    enum err err = page_tender(store, t, &g->query.tender);

    if (err != ERR_OK)
        return err;
    g->query.what = CAN_ADD;
    g->query.kind = word ? kind_find(word) : KIND_NONE;
    if (g->query.kind == KIND_NONE)
        return fault_kinds(word ? word : "nothing", &t->fault);
    if (g->query.tender == 0)
        g->query.tender = t->scope;
    if (kind_row(g->query.kind)->scope == SCOPE_TEAM)
        g->query.tender = 0;
    return ERR_OK;
}

/* A note belongs where its object does. */
static enum err ask_note(struct store *store, struct task *t, struct asking *g)
{
    struct object *on = NULL;
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    enum err err = find_subject(store, t, &kind, &id);

    if (err == ERR_OK)
        err = store_get(store, &t->viewer, kind, id, 0, &on);
    if (err != ERR_OK)
        return err;
    g->query.what = CAN_ADD;
    g->query.kind = KIND_NOTE;
    g->query.tender = on->tender;
    object_free(&on);
    return ERR_OK;
}

static enum err ask_change(
    struct store *store, struct task *t, struct asking *g)
{
    struct can_query *query = &g->query;
    enum err err;

    if (g->verb == CMD_ADD)
        err = ask_add(store, t, g);
    else if (g->verb == CMD_NOTE)
        err = ask_note(store, t, g);
    else
        err = find_subject(store, t, &query->kind, &query->id);
    if (err != ERR_OK)
        return err;
    if (query->id)
        query->what = g->verb == CMD_DEL ? CAN_DEL : CAN_SET;
    err = read_fields(t, g);
    if (err == ERR_OK)
        err = store_can(store, &t->viewer, query, &g->answer);
    return err;
}

/* Reading asks for a role, and for an object that is seen. */
static enum err ask_other(struct store *store, struct task *t, struct asking *g)
{
    const struct command *c = &commands[g->verb];
    const char *word = subject_of(t);
    enum kind kind;
    uint64_t id;

    g->answer = (struct can_answer){t->viewer.role >= c->role, FIELD_COUNT,
        role_word(t->viewer.role), role_word(c->role)};
    bool about = c->class == COMMAND_READ || command_computes(g->verb);
    if (!about || word == NULL || strcmp(word, "*") == 0 ||
        kind_find(word) != KIND_NONE || g->verb == CMD_FIND)
        return ERR_OK;
    return find_subject(store, t, &kind, &id);
}

static enum err run_can(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct asking *g = t->state;
    bool change = commands[g->verb].class == COMMAND_CHANGE;

    return change ? ask_change(store, t, g) : ask_other(store, t, g);
}

static void finish_can(struct session *s, struct task *t)
{
    struct asking *g = t->state;

    if (task_answer(s, t))
        answer(s, &t->request, &g->answer);
}

void do_can(struct session *s, struct request *q)
{
    enum command_id verb = command_find(q->args[0]);

    if (verb == CMD_COUNT) {
        session_refuse(
            s, q, ERR_ARG, "verb", q->args[0], "a verb; \"help\" lists all");
        return;
    }
    struct asking *g = mem_new(sizeof *g);
    g->verb = verb;
    struct task *t = task_new(s, q);
    t->state = g;
    t->clean = clean_asking;
    task_start(t, db_read, run_can, finish_can);
}
