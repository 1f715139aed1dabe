/* SPDX-License-Identifier: Apache-2.0
 *
 * do_read.c - show, list and log.
 *
 * The thread that reads also writes the data lines; the loop adds the final
 * line.
 */
#include "protocol/base_mem.h"
#include "server/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUILTINS "rev,author,time,tender,id"

struct reading {
    char **only; /* words of fields=, NULL-ended; NULL: all */
    uint64_t at;
    struct query query;
    uint64_t limit, after;
    char *next;
};

static void free_words(char **list)
{
    for (char **p = list; p && *p; p++)
        free(*p);
    free(list);
}

static void clean_reading(struct task *t)
{
    struct reading *g = t->state;

    free_words(g->only);
    query_fini(&g->query);
    free(g->next);
    free(g);
}

/* "price,rev" as a NULL-ended array. */
static char **split(const char *list)
{
    size_t n = 1;

    for (const char *p = list; *p; p++)
        n += *p == ',';
    char **made = mem_new((n + 1) * sizeof *made);
    for (size_t i = 0; i < n; i++) {
        size_t len = strcspn(list, ",");

        made[i] = mem_copy(list, len);
        list += len + (list[len] == ',');
    }
    return made;
}

static bool is_builtin(const char *word)
{
    return list_holds(BUILTINS, word, strlen(word));
}

static enum err check_only(
    char *const *only, enum kind kind, struct fault *fault)
{
    for (; only && *only; only++)
        if (!is_builtin(*only) && field_find(kind, *only) == FIELD_COUNT)
            return fault_fields(kind, "fields", *only, BUILTINS, fault);
    return ERR_OK;
}

static enum err check_at(struct task *t, uint64_t at)
{
    struct text word = {0};

    if (at <= t->head)
        return ERR_OK;
    text_printf(&word, "%llu", (unsigned long long)at);
    struct text most = {0};
    text_printf(&most, "1..%llu", (unsigned long long)t->head);
    fault_set(&t->fault, ERR_ARG, "at", word.bytes, most.bytes);
    text_fini(&word);
    text_fini(&most);
    return ERR_ARG;
}

static void show_object(
    struct task *t, const struct object *object, char *const *only)
{
    struct reply r = task_reply(t);

    object_reply(&r, object, only);
    t->rows++;
    seen_put(&t->seen, object->kind, object->id, object->rev);
}

static enum err show_one(struct store *store, struct task *t, const char *word)
{
    struct reading *g = t->state;
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    struct object *object = NULL;
    enum err err = ERR_OK;

    /* What was deleted since has its id still. */
    if (g->at == 0 || id_read(word, &kind, &id) != ERR_OK)
        err = store_find(store, &t->viewer, t->scope, word, &kind, &id);
    if (err == ERR_OK)
        err = check_only(g->only, kind, &t->fault);
    if (t->fault.err != ERR_OK)
        return t->fault.err;
    if (err == ERR_OK)
        err = store_get(store, &t->viewer, kind, id, g->at, &object);
    if (err != ERR_OK)
        return fault_set(&t->fault, err, "id", word, NULL);
    show_object(t, object, g->only);
    object_free(&object);
    return ERR_OK;
}

static enum err run_show(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct reading *g = t->state;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = check_at(t, g->at);
    for (size_t i = 0; err == ERR_OK && i < t->request.args_n; i++)
        err = show_one(store, t, t->request.args[i]);
    return err;
}

static void finish_read(struct session *s, struct task *t)
{
    struct reading *g = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)(g->at ? g->at : t->head));
    if (g->next) {
        reply_word(&r, "more", "yes");
        reply_word(&r, "next", g->next);
    }
    reply_end(&r);
}

static struct task *reading_task(struct session *s, struct request *q)
{
    struct reading *g = mem_new(sizeof *g);
    struct fault fault = {0};
    const char *only = request_key(q, "fields");

    g->only = only && *only ? split(only) : NULL;
    if (request_int(q, "at", 0, &g->at, &fault) != ERR_OK ||
        (q->id != CMD_LOG
                ? ERR_OK
                : request_int(q, "after", 0, &g->after, &fault)) != ERR_OK ||
        request_int(q, "limit", LIMIT_NOW(ROWS_DEFAULT), &g->limit, &fault) !=
            ERR_OK) {
        session_fail(s, q, &fault);
        fault_fini(&fault);
        free_words(g->only);
        free(g);
        return NULL;
    }
    struct task *t = task_new(s, q);
    t->state = g;
    t->clean = clean_reading;
    return t;
}

static bool limit_is_right(struct session *s, struct task *t)
{
    struct reading *g = t->state;
    const char *word = request_key(&t->request, "limit");
    char allowed[32];

    if (g->limit >= 1 && g->limit <= LIMIT_NOW(ROWS))
        return true;
    (void)snprintf(allowed, sizeof allowed, "1..%zu", LIMIT_NOW(ROWS));
    session_refuse(s, &t->request, ERR_ARG, "limit", word, allowed);
    return false;
}

void do_show(struct session *s, struct request *q)
{
    if (q->args_n > LIMIT_NOW(IDS)) {
        session_refuse_limit(s, q, "id", LIMIT_ROW_IDS);
        return;
    }
    struct task *t = reading_task(s, q);

    if (t)
        task_start(t, db_read, run_show, finish_read);
}

/* A part of a text need not be a value of its type. */
static bool is_text(enum type type)
{
    return type == TYPE_WORD || type == TYPE_LINE || type == TYPE_TEXT;
}

/* Words that compare: which operators make sense for a type. */
static bool op_fits(enum type type, enum op op)
{
    switch (type) {
    case TYPE_ENUM:
    case TYPE_REF:
    case TYPE_BOOL:
    case TYPE_MEMBER:
        return op == OP_EQ || op == OP_NE;
    case TYPE_SET:
    case TYPE_REFSET:
    case TYPE_MEMBERS:
        return op == OP_EQ || op == OP_NE || op == OP_LIKE;
    case TYPE_WORD:
    case TYPE_LINE:
    case TYPE_TEXT:
        return op == OP_EQ || op == OP_NE || op == OP_LIKE;
    default:
        return op != OP_LIKE && op != OP_PLUS && op != OP_MINUS;
    }
}

static enum err read_condition(enum kind kind, const struct word *w,
    struct query *query, struct fault *fault)
{
    struct condition c = {.field = field_find(kind, w->key), .op = w->op};
    struct datum_fault why = {0};
    bool builtin = is_builtin(w->key);

    if (c.field == FIELD_COUNT && !builtin)
        return fault_fields(kind, w->key, w->value, BUILTINS, fault);
    if (builtin) {
        c.builtin = w->key;
        if (w->op == OP_LIKE || w->op == OP_PLUS || w->op == OP_MINUS)
            return fault_set(
                fault, ERR_ARG, w->key, op_word(w->op), "= != < <= > >=");
    } else if (!op_fits(fields[c.field].type, w->op)) {
        return fault_set(fault, ERR_ARG, w->key, op_word(w->op),
            op_fits(fields[c.field].type, OP_LIKE) ? "= != ~"
            : op_fits(fields[c.field].type, OP_LT) ? "= != < <= > >="
                                                   : "= !=");
    }
    bool part = w->op == OP_LIKE && !builtin && is_text(fields[c.field].type);
    if (part)
        c.value = (struct datum){.set = true, .text = mem_text(w->value)};
    else if (!builtin && *w->value &&
             datum_read(c.field, w->value, &c.value, &why) != ERR_OK)
        return fault_set(fault, ERR_ARG, w->key, w->value, why.allowed);
    c.word = mem_text(w->value);
    query->conditions = mem_grow(query->conditions, &query->conditions_room,
        query->conditions_n + 1, sizeof *query->conditions);
    query->conditions[query->conditions_n++] = c;
    return ERR_OK;
}

static enum err read_order(
    enum kind kind, const char *list, struct query *query, struct fault *fault)
{
    char **words = split(list);
    enum err err = ERR_OK;

    for (char **p = words; *p && err == ERR_OK; p++) {
        bool falling = **p == '-';
        const char *word = *p + falling;
        struct order order = {field_find(kind, word), NULL, falling};

        if (order.field == FIELD_COUNT && strcmp(word, "time") == 0)
            order.builtin = "time";
        else if (order.field == FIELD_COUNT && strcmp(word, "rev") == 0)
            order.builtin = "rev";
        else if (order.field == FIELD_COUNT && strcmp(word, "id") == 0)
            order.builtin = "id";
        else if (order.field == FIELD_COUNT)
            err = fault_fields(kind, "order-by", word, "time,rev,id", fault);
        if (err == ERR_OK && query->orders_n == 4)
            err = fault_set(fault, ERR_ARG, "order-by", list, "4 fields");
        if (err == ERR_OK)
            query->orders[query->orders_n++] = order;
    }
    free_words(words);
    return err;
}

static enum err read_query(
    const struct request *q, struct reading *g, struct fault *fault)
{
    struct query *query = &g->query;
    const char *order = request_key(q, "order-by");
    enum err err = ERR_OK;

    query->kind = kind_find(q->args[0]);
    if (query->kind == KIND_NONE)
        return fault_kinds(q->args[0], fault);
    for (size_t i = q->keyed; err == ERR_OK && i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];
        size_t len;

        if (w->key && command_key(q->command, w->key, &len) == NULL)
            err = read_condition(query->kind, w, query, fault);
    }
    if (err == ERR_OK && order && *order)
        err = read_order(query->kind, order, query, fault);
    if (err == ERR_OK)
        err = check_only(g->only, query->kind, fault);
    query->after = mem_text(request_key(q, "after"));
    query->limit = g->limit;
    query->at = g->at;
    return err;
}

/* Long texts are left out of lists unless they are asked for by name. */
static void hide_texts(struct object *object)
{
    const struct kind_row *row = kind_row(object->kind);

    for (size_t i = 0; i < row->count; i++)
        if (fields[row->first + i].type == TYPE_TEXT)
            object->values[i].set = false;
}

static enum err run_list(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct reading *g = t->state;
    struct objects got = {0};
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = check_at(t, g->at);
    g->query.scope = t->scope;
    if (err == ERR_OK)
        err = store_list(store, &t->viewer, &g->query, &got, &t->fault);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < got.n; i++) {
        if (g->only == NULL)
            hide_texts(got.list[i]);
        show_object(t, got.list[i], g->only);
    }
    g->next = mem_text(got.next);
    objects_fini(&got);
    return ERR_OK;
}

void do_list(struct session *s, struct request *q)
{
    struct task *t = reading_task(s, q);
    struct fault fault = {0};

    if (t == NULL)
        return;
    if (!limit_is_right(s, t)) {
        task_drop(t);
        return;
    }
    if (read_query(&t->request, t->state, &fault) != ERR_OK) {
        session_fail(s, &t->request, &fault);
        fault_fini(&fault);
        task_drop(t);
        return;
    }
    task_start(t, db_read, run_list, finish_read);
}

static void log_event(struct task *t, const struct event *e)
{
    struct reply r = task_reply(t);
    struct text word = {0};

    reply_data(&r, "change", NULL);
    reply_int(&r, "seq", (int64_t)e->seq);
    if (e->kind != KIND_NONE) {
        id_print(&word, e->kind, e->id);
        reply_word(&r, "id", word.bytes);
        text_fini(&word);
    }
    reply_word(&r, "did", e->name);
    reply_word(&r, "author", e->author);
    time_print(&word, e->time, true);
    reply_word(&r, "time", word.bytes);
    text_fini(&word);
    event_words(&r, "", e->after, e->kind);
    event_words(&r, "was.", e->before, e->kind);
    reply_end(&r);
    t->rows++;
}

static enum err run_log(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct reading *g = t->state;
    const char *word = t->request.args_n ? t->request.args[0] : NULL;
    enum kind kind = KIND_NONE;
    uint64_t id = 0;
    struct events got = {0};
    bool more = false;
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK && word && id_read(word, &kind, &id) != ERR_OK)
        err = store_find(store, &t->viewer, t->scope, word, &kind, &id);
    if (err == ERR_OK)
        err = store_log(store, &t->viewer, kind, id, g->after, (size_t)g->limit,
            &got, &more);
    if (err == ERR_NONE)
        return fault_set(&t->fault, err, "id", word, NULL);
    for (size_t i = 0; err == ERR_OK && i < got.n; i++)
        log_event(t, got.list[i]);
    if (err == ERR_OK && more && got.n) {
        struct text next = {0};

        text_printf(
            &next, "%llu", (unsigned long long)got.list[got.n - 1]->seq);
        g->next = text_take(&next);
    }
    events_fini(&got);
    return err;
}

void do_log(struct session *s, struct request *q)
{
    struct task *t = reading_task(s, q);

    if (t == NULL)
        return;
    if (!limit_is_right(s, t)) {
        task_drop(t);
        return;
    }
    task_start(t, db_read, run_log, finish_read);
}
