/* SPDX-License-Identifier: Apache-2.0
 *
 * do_list.c - list: the objects of a kind that meet conditions.
 *
 * The types of values and the operators are checked here, on the loop;
 * references and codes by the thread that reads.
 */
#include "protocol/base_mem.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The engine refuses expressions that are much deeper. */
#define CONDITIONS_MOST 256
#define ORDERS_MOST     4

struct listed {
    char **only; /* words of fields=, NULL-ended; NULL: all */
    struct query query;
    uint64_t at; /* that was read */
    char *next;
};

static void clean_listed(struct task *t)
{
    struct listed *g = t->state;

    comma_free(g->only);
    query_fini(&g->query);
    free(g->next);
    free(g);
}

/* Where a comma can not be part of one value it stands between several. */
static bool takes_several(size_t field)
{
    switch (fields[field].type) {
    case TYPE_LINE:
    case TYPE_TEXT:
    case TYPE_SET:
    case TYPE_REFSET:
    case TYPE_MEMBERS:
        return false;
    case TYPE_WORD:
        return (fields[field].flags & FIELD_CODE) != 0;
    default:
        return true;
    }
}

static bool is_text(enum type type)
{
    return type == TYPE_WORD || type == TYPE_LINE || type == TYPE_TEXT;
}

/* What is only compared in order, or a part, need not be a value itself. */
static bool is_loose(size_t field, enum op op)
{
    enum type type = fields[field].type;

    return (is_text(type) && op != OP_EQ && op != OP_NE) ||
           (type == TYPE_MEMBER && op == OP_LIKE);
}

static enum err read_value(size_t field, enum op op, const char *word,
    struct datum *value, struct fault *fault)
{
    struct datum_fault why = {0};

    if (*word == '\0')
        return ERR_OK;
    if (is_loose(field, op)) {
        *value = (struct datum){.set = true, .text = mem_text(word)};
        return ERR_OK;
    }
    if (datum_read(field, word, value, &why) == ERR_OK)
        return ERR_OK;
    return fault_set(fault, ERR_ARG, fields[field].word, word, why.allowed);
}

static enum err add_condition(struct query *query, struct condition *c,
    const char *word, struct fault *fault)
{
    enum err err = ERR_OK;

    if (query->conditions_n == CONDITIONS_MOST) {
        char most[24];

        (void)snprintf(most, sizeof most, "%d", CONDITIONS_MOST);
        return fault_set(fault, ERR_LIMIT, "conditions", "more", most);
    }
    c->value = (struct datum){0};
    if (c->builtin == NULL)
        err = read_value(c->field, c->op, word, &c->value, fault);
    if (err != ERR_OK)
        return err;
    c->word = mem_text(word);
    query->conditions = mem_grow(query->conditions, &query->conditions_room,
        query->conditions_n + 1, sizeof *query->conditions);
    query->conditions[query->conditions_n++] = *c;
    return ERR_OK;
}

/* "state=draft,submitted" is one or the other, "!=" neither. */
static enum err add_several(struct query *query, struct condition *c,
    const char *list, struct fault *fault)
{
    char **words = comma_split(list);
    enum err err = ERR_OK;

    for (char **p = words; *p && err == ERR_OK; p++) {
        if (**p == '\0')
            err = fault_set(fault, ERR_ARG,
                c->builtin ? c->builtin : fields[c->field].word, list,
                "values, comma between them");
        else
            err = add_condition(query, c, *p, fault);
        c->either = c->op == OP_EQ;
    }
    comma_free(words);
    return err;
}

static enum err read_condition(
    const struct word *w, struct query *query, struct fault *fault)
{
    struct condition c = {
        .field = field_find(query->kind, w->key), .op = w->op};
    enum builtin builtin = builtin_find(w->key);
    const char *operators;

    if (c.field != FIELD_COUNT)
        operators = type_operators(fields[c.field].type);
    else if (builtin != BUILTIN_COUNT)
        operators = builtins[builtin].operators;
    else
        return fault_field(query->kind, w, page_builtins, fault);
    if (!operators_hold(operators, op_word(w->op)))
        return fault_set(fault, ERR_ARG, w->key, op_word(w->op), operators);
    if (c.field == FIELD_COUNT)
        c.builtin = builtins[builtin].word;
    bool same = w->op == OP_EQ || w->op == OP_NE;
    if (*w->value == '\0' && !same)
        return fault_set(
            fault, ERR_ARG, w->key, op_word(w->op), "= or != before \"\"");
    if (same && *w->value && (c.builtin || takes_several(c.field)))
        return add_several(query, &c, w->value, fault);
    return add_condition(query, &c, w->value, fault);
}

static enum err read_order(
    const char *word, struct query *query, struct fault *fault)
{
    bool falling = *word == '-';
    struct order order = {
        field_find(query->kind, word + falling), NULL, falling};
    enum builtin builtin = builtin_find(word + falling);

    if (order.field == FIELD_COUNT && builtin == BUILTIN_COUNT)
        return fault_fields(
            query->kind, "order-by", word + falling, page_builtins, fault);
    if (order.field == FIELD_COUNT)
        order.builtin = builtins[builtin].word;
    if (query->orders_n == ORDERS_MOST)
        return fault_set(fault, ERR_ARG, "order-by", word, "4 fields");
    query->orders[query->orders_n++] = order;
    return ERR_OK;
}

static enum err read_orders(
    const char *list, struct query *query, struct fault *fault)
{
    char **words = comma_split(list ? list : "");
    enum err err = ERR_OK;

    for (char **p = words; list && *list && *p && err == ERR_OK; p++)
        err = read_order(*p, query, fault);
    comma_free(words);
    return err;
}

static enum err read_conditions(
    const struct request *q, struct query *query, struct fault *fault)
{
    enum err err = ERR_OK;

    for (size_t i = q->keyed; err == ERR_OK && i < q->words.n; i++) {
        const struct word *w = &q->words.list[i];
        size_t len;

        if (w->key && command_key(q->command, w->key, &len) == NULL)
            err = read_condition(w, query, fault);
    }
    return err;
}

static enum err read_query(
    const struct request *q, struct listed *g, struct fault *fault)
{
    struct query *query = &g->query;
    const char *only = request_key(q, "fields");

    query->kind = kind_find(q->args[0]);
    if (query->kind == KIND_NONE)
        return fault_kinds(q->args[0], fault);
    g->only = only && *only ? comma_split(only) : NULL;
    query->after = mem_text(request_key(q, "after"));
    enum err err = request_int(q, "at", 0, &query->at, fault);
    if (err == ERR_OK)
        err = page_limit(q, &query->limit, fault);
    if (err == ERR_OK)
        err = read_conditions(q, query, fault);
    if (err == ERR_OK)
        err = read_orders(request_key(q, "order-by"), query, fault);
    if (err == ERR_OK)
        err = page_fields(g->only, query->kind, fault);
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
    struct listed *g = t->state;
    struct objects got = {0};
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = page_at(t, "at", g->query.at);
    g->query.scope = t->scope;
    if (err == ERR_OK)
        err = store_list(store, &t->viewer, &g->query, &got, &t->fault);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < got.n; i++) {
        if (g->only == NULL)
            hide_texts(got.list[i]);
        page_object(t, got.list[i], g->only);
    }
    g->next = mem_text(got.next);
    g->at = got.at;
    objects_fini(&got);
    return ERR_OK;
}

static void finish_list(struct session *s, struct task *t)
{
    struct listed *g = t->state;

    page_final(s, t, g->at, g->next);
}

void do_list(struct session *s, struct request *q)
{
    struct listed *g = mem_new(sizeof *g);
    struct fault fault = {0};
    enum err err = read_query(q, g, &fault);
    struct task *t = task_new(s, q);

    t->state = g;
    t->clean = clean_listed;
    if (err == ERR_OK) {
        task_start(t, db_read, run_list, finish_list);
        return;
    }
    session_fail(s, &t->request, &fault);
    fault_fini(&fault);
    task_drop(t);
}
