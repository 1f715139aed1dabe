/* SPDX-License-Identifier: Apache-2.0
 *
 * condition.c - conditions and orders of a list as SQL.
 *
 * "!=" is true of what has no value; orders put what has no value last.
 * Estimates are compared and sorted by their likely value.
 */
#include "db/list.h"

#include "protocol/base_mem.h"
#include "protocol/utf8.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

int listing_number(struct listing *l, int64_t number)
{
    l->params = mem_grow(
        l->params, &l->params_room, l->params_n + 1, sizeof *l->params);
    l->params[l->params_n++] = (struct param){NULL, number};
    return (int)l->params_n;
}

int listing_text(struct listing *l, const char *text)
{
    int number = listing_number(l, 0);

    l->params[l->params_n - 1].text = mem_text(text);
    return number;
}

static const char *word_of(const struct condition *c)
{
    return c->field == FIELD_COUNT ? c->builtin : fields[c->field].word;
}

static enum err refuse_op(
    struct listing *l, const struct condition *c, const char *allowed)
{
    return fault_set(l->fault, ERR_ARG, word_of(c), op_word(c->op), allowed);
}

static enum err refuse_word(
    struct listing *l, const struct condition *c, const char *allowed)
{
    return fault_set(l->fault, ERR_ARG, word_of(c), c->word, allowed);
}

static bool is_equality(enum op op)
{
    return op == OP_EQ || op == OP_NE;
}

/* "IS NOT" rather than "<>", which is never true of what has no value. */
static const char *operator_of(enum op op)
{
    return op == OP_NE ? "IS NOT" : op_word(op);
}

static void compare(
    struct listing *l, const char *column, enum op op, int number)
{
    text_printf(&l->where, " AND %s %s ?%d", column, operator_of(op), number);
}

/* " AND holds(column, ?n)" */
static void hold(struct listing *l, const char *column, const char *text)
{
    text_printf(
        &l->where, " AND holds(%s, ?%d)", column, listing_text(l, text));
}

/* Lists have a comma at both ends and the order of the column. */
static void compare_list(
    struct listing *l, const char *column, enum op op, const char *list)
{
    int number = listing_text(l, list);

    if (op == OP_LIKE)
        text_printf(&l->where, " AND has_all(%s, ?%d)", column, number);
    else
        compare(l, column, op, number);
}

static enum err add_text(
    struct listing *l, const struct condition *c, const char *column)
{
    if (c->op == OP_LIKE)
        hold(l, column, c->value.text);
    else
        compare(l, column, c->op, listing_text(l, c->value.text));
    return ERR_OK;
}

static enum err add_number(struct listing *l, const struct condition *c,
    const char *column, int64_t number)
{
    if (c->op == OP_LIKE)
        return refuse_op(l, c, "= != < <= > >=");
    compare(l, column, c->op, listing_number(l, number));
    return ERR_OK;
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a list in the order in which the column has them. */
static char *order_words(size_t field, const char *list)
{
    struct text made = {0};
    const char *all = fields[field].arg;
    char *copy = mem_text(list), *rest = copy, *word;
    char **words = mem_new((strlen(list) + 1) * sizeof *words);
    size_t n = 0;

    while ((word = strsep(&rest, ",")) != NULL)
        words[n++] = word;
    qsort(words, n, sizeof *words, compare_words);
    text_putc(&made, ',');
    if (fields[field].type == TYPE_MEMBERS)
        for (size_t i = 0; i < n; i++)
            text_printf(&made, "%s,", words[i]);
    else
        for (; *all; all += strcspn(all, ","), all += *all == ',')
            if (list_holds(list, all, strcspn(all, ",")))
                text_printf(&made, "%.*s,", (int)strcspn(all, ","), all);
    free(words);
    free(copy);
    return text_take(&made);
}

static enum err add_words(
    struct listing *l, const struct condition *c, const char *column)
{
    if (!is_equality(c->op) && c->op != OP_LIKE)
        return refuse_op(l, c, "= != ~");
    char *list = order_words(c->field, c->value.text);
    compare_list(l, column, c->op, list);
    free(list);
    return ERR_OK;
}

static enum err find(struct listing *l, const struct condition *c,
    const char *word, enum kind *kind, uint64_t *id)
{
    uint64_t scope = l->tender ? l->tender : l->query->scope;
    enum err err = store_find(l->store, l->viewer, scope, word, kind, id);

    return err == ERR_OK ? err
                         : fault_set(l->fault, err, word_of(c), word, NULL);
}

static enum err add_ref(
    struct listing *l, const struct condition *c, const char *column)
{
    const struct field_row *row = &fields[c->field];
    enum kind kind;
    uint64_t id;

    if (!is_equality(c->op))
        return refuse_op(l, c, "= !=");
    enum err err = find(l, c, c->word, &kind, &id);
    if (err != ERR_OK)
        return err;
    if (!field_takes_kind(row, kind))
        return refuse_word(l, c, row->arg);
    if (!field_takes_kinds(row)) {
        compare(l, column, c->op, listing_number(l, (int64_t)id));
        return ERR_OK;
    }
    text_printf(&l->where, " AND (%s, %s_kind) %s (?%d, ?%d)", column, column,
        operator_of(c->op), listing_number(l, (int64_t)id),
        listing_text(l, kind_row(kind)->word));
    return ERR_OK;
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void add_ids(struct listing *l, const struct condition *c,
    const char *column, uint64_t *ids, size_t n)
{
    struct text list = {0};

    qsort(ids, n, sizeof *ids, compare_ids);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || ids[i - 1] != ids[i])
            text_printf(&list, list.len ? "%llu," : ",%llu,",
                (unsigned long long)ids[i]);
    compare_list(l, column, c->op, list.bytes);
    text_fini(&list);
}

static enum err add_refs(
    struct listing *l, const struct condition *c, const char *column)
{
    char *copy = mem_text(c->value.text), *rest = copy, *word;
    uint64_t *ids = mem_new((strlen(copy) + 1) * sizeof *ids);
    size_t n = 0;
    enum err err = ERR_OK;

    if (!is_equality(c->op) && c->op != OP_LIKE)
        err = refuse_op(l, c, "= != ~");
    while (err == ERR_OK && (word = strsep(&rest, ",")) != NULL) {
        enum kind kind;

        err = find(l, c, word, &kind, &ids[n++]);
        if (err == ERR_OK && !field_takes_kind(&fields[c->field], kind))
            err = refuse_word(l, c, fields[c->field].arg);
    }
    if (err == ERR_OK)
        add_ids(l, c, column, ids, n);
    free(ids);
    free(copy);
    return err;
}

static enum err add_absence(
    struct listing *l, const struct condition *c, const char *column)
{
    if (!is_equality(c->op))
        return refuse_op(l, c, "=\"\" and !=\"\"");
    text_printf(
        &l->where, " AND %s IS %s NULL", column, c->op == OP_EQ ? "" : "NOT");
    return ERR_OK;
}

static enum err add_of_type(
    struct listing *l, const struct condition *c, const char *column)
{
    switch (fields[c->field].type) {
    case TYPE_SET:
    case TYPE_MEMBERS:
        return add_words(l, c, column);
    case TYPE_REF:
        return add_ref(l, c, column);
    case TYPE_REFSET:
        return add_refs(l, c, column);
    case TYPE_BOOL:
    case TYPE_ENUM:
    case TYPE_MEMBER:
        if (!is_equality(c->op))
            return refuse_op(l, c, "= !=");
        break;
    default:
        break;
    }
    if (fields[c->field].type == TYPE_ESTIMATE)
        return add_number(l, c, column, c->value.estimate.likely);
    if (c->value.text)
        return add_text(l, c, column);
    return add_number(l, c, column, c->value.number);
}

static enum err add_field(struct listing *l, const struct condition *c)
{
    struct text column = {0};

    column_print(&column, c->field, 0);
    enum err err = c->word[0] == '\0' ? add_absence(l, c, column.bytes)
                                      : add_of_type(l, c, column.bytes);
    text_fini(&column);
    return err;
}

/* Builtins. */

static enum err add_tender(struct listing *l, const struct condition *c)
{
    enum kind kind = KIND_TENDER;
    uint64_t id = 0;
    enum err err = ERR_OK;

    if (!is_equality(c->op))
        return refuse_op(l, c, "= !=");
    if (c->word[0] != '\0')
        err = store_find(l->store, l->viewer, 0, c->word, &kind, &id);
    if (err != ERR_OK)
        return fault_set(l->fault, err, "tender", c->word, NULL);
    if (kind != KIND_TENDER)
        return refuse_word(l, c, "a tender");
    if (c->op == OP_EQ)
        l->tender = id;
    compare(l, "tender", c->op, listing_number(l, (int64_t)id));
    return ERR_OK;
}

static enum err add_id(struct listing *l, const struct condition *c)
{
    enum kind kind;
    uint64_t id;

    if (id_read(c->word, &kind, &id) != ERR_OK) {
        enum err err = find(l, c, c->word, &kind, &id);

        if (err != ERR_OK)
            return err;
    }
    if (kind != l->query->kind)
        return refuse_word(l, c, kind_row(l->query->kind)->word);
    return add_number(l, c, "id", (int64_t)id);
}

static enum err add_rev(struct listing *l, const struct condition *c)
{
    int64_t value;

    if (decimal_read(c->word, &value) != ERR_OK || value % DECIMAL_ONE)
        return refuse_word(l, c, type_allowed(TYPE_INT));
    return add_number(l, c, "rev", value / DECIMAL_ONE);
}

static enum err add_time(struct listing *l, const struct condition *c)
{
    int64_t value;

    if (time_read(c->word, &value) != ERR_OK)
        return refuse_word(l, c, type_allowed(TYPE_TIME));
    return add_number(l, c, "time", value);
}

static enum err add_author(struct listing *l, const struct condition *c)
{
    if (c->op == OP_LIKE)
        hold(l, "author", c->word);
    else if (is_equality(c->op))
        compare(l, "author", c->op, listing_text(l, c->word));
    else
        return refuse_op(l, c, "= != ~");
    return ERR_OK;
}

static const struct {
    const char *word;
    enum err (*add)(struct listing *l, const struct condition *c);
} adders[] = {
    {"id", add_id},
    {"rev", add_rev},
    {"time", add_time},
    {"author", add_author},
};

static enum err add_builtin(struct listing *l, const struct condition *c)
{
    for (size_t i = 0; i < sizeof adders / sizeof *adders; i++)
        if (strcmp(adders[i].word, c->builtin) == 0)
            return adders[i].add(l, c);
    INSIST(strcmp(c->builtin, "tender") == 0);
    return ERR_OK;
}

static bool is_tender(const struct condition *c)
{
    return c->field == FIELD_COUNT && strcmp(c->builtin, "tender") == 0;
}

/* The tender comes first: it says where the codes of the others are found. */
enum err listing_conditions(struct listing *l)
{
    const struct query *query = l->query;
    enum err err = ERR_OK;

    for (size_t i = 0; i < query->conditions_n && err == ERR_OK; i++)
        if (is_tender(&query->conditions[i]))
            err = add_tender(l, &query->conditions[i]);
    for (size_t i = 0; i < query->conditions_n && err == ERR_OK; i++) {
        const struct condition *c = &query->conditions[i];

        if (c->field == FIELD_COUNT)
            err = add_builtin(l, c);
        else
            err = add_field(l, c);
    }
    return err;
}

enum err listing_orders(struct listing *l)
{
    static const char builtin[] = "time,rev,id";

    INSIST(l->query->orders_n <= 4);
    for (size_t i = 0; i < l->query->orders_n; i++) {
        const struct order *order = &l->query->orders[i];
        const char *word = order->builtin ? order->builtin : "id";

        if (order->field != FIELD_COUNT) {
            INSIST(fields[order->field].kind == l->query->kind);
            column_print(&l->order, order->field, 0);
        } else if (list_holds(builtin, word, strlen(word))) {
            text_puts(&l->order, word);
        } else {
            return fault_set(
                l->fault, ERR_ARG, "order-by", word, "a field, or time rev id");
        }
        text_puts(
            &l->order, order->falling ? " DESC NULLS LAST, " : " NULLS LAST, ");
    }
    return ERR_OK;
}
