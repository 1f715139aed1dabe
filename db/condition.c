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
    text_printf(&l->where, "%s %s ?%d", column, operator_of(op), number);
}

static void hold(struct listing *l, const char *column, const char *text)
{
    text_printf(&l->where, "holds(%s, ?%d)", column, listing_text(l, text));
}

/* Lists have a comma at both ends and the order of the column. */
static void compare_list(
    struct listing *l, const char *column, enum op op, const char *list)
{
    int number = listing_text(l, list);

    if (op == OP_LIKE)
        text_printf(&l->where, "has_all(%s, ?%d)", column, number);
    else
        compare(l, column, op, number);
}

/* Texts are equal byte by byte, and in order whatever the case and accents. */
static enum err add_text(
    struct listing *l, const struct condition *c, const char *column)
{
    if (c->op == OP_LIKE)
        hold(l, column, c->value.text);
    else if (is_equality(c->op) || fields[c->field].type == TYPE_DATE)
        compare(l, column, c->op, listing_text(l, c->value.text));
    else
        text_printf(&l->where, "folded(%s) %s folded(?%d)", column,
            operator_of(c->op), listing_text(l, c->value.text));
    return ERR_OK;
}

/* The place of a word among those of its field; words of kinds.def need no
 * quoting. */
static void print_place(struct text *to, size_t field, const char *column)
{
    const char *all = fields[field].arg;

    text_printf(to, "CASE %s", column);
    for (int i = 0; *all; i++) {
        size_t len = strcspn(all, ",");

        text_printf(to, " WHEN '%.*s' THEN %d", (int)len, all, i);
        all += len;
        all += *all == ',';
    }
    text_puts(to, " END");
}

static enum err add_enum(
    struct listing *l, const struct condition *c, const char *column)
{
    if (is_equality(c->op)) {
        compare(l, column, c->op, listing_text(l, c->value.text));
        return ERR_OK;
    }
    print_place(&l->where, c->field, column);
    text_printf(&l->where, " %s ?%d", operator_of(c->op),
        listing_number(l, field_word_place(c->field, c->value.text)));
    return ERR_OK;
}

static enum err add_number(struct listing *l, const struct condition *c,
    const char *column, int64_t number)
{
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

    enum err err = find(l, c, c->word, &kind, &id);
    if (err != ERR_OK)
        return err;
    if (!field_takes_kind(row, kind))
        return refuse_word(l, c, row->arg);
    if (!field_takes_kinds(row)) {
        compare(l, column, c->op, listing_number(l, (int64_t)id));
        return ERR_OK;
    }
    text_printf(&l->where, "(%s, %s_kind) %s (?%d, ?%d)", column, column,
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
        &l->where, "%s IS%s NULL", column, c->op == OP_EQ ? "" : " NOT");
    return ERR_OK;
}

static enum err add_of_type(
    struct listing *l, const struct condition *c, const char *column)
{
    enum type type = fields[c->field].type;

    if (!type_compares(type, op_word(c->op)))
        return refuse_op(l, c, type_operators(type));
    switch (type) {
    case TYPE_SET:
    case TYPE_MEMBERS:
        return add_words(l, c, column);
    case TYPE_REF:
        return add_ref(l, c, column);
    case TYPE_REFSET:
        return add_refs(l, c, column);
    case TYPE_ENUM:
        return add_enum(l, c, column);
    case TYPE_ESTIMATE:
        return add_number(l, c, column, c->value.estimate.likely);
    default:
        if (c->value.text)
            return add_text(l, c, column);
        return add_number(l, c, column, c->value.number);
    }
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

    if (c->word[0] != '\0')
        err = store_find(l->store, l->viewer, 0, c->word, &kind, &id);
    if (err != ERR_OK)
        return fault_set(l->fault, err, "tender", c->word, NULL);
    if (kind != KIND_TENDER)
        return refuse_word(l, c, "a tender");
    if (c->op == OP_EQ && !l->in_group)
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
    else
        compare(l, "author", c->op, listing_text(l, c->word));
    return ERR_OK;
}

static enum err (*const adders[BUILTIN_COUNT])(
    struct listing *l, const struct condition *c) = {
    [BUILTIN_ID] = add_id,
    [BUILTIN_TENDER] = add_tender,
    [BUILTIN_REV] = add_rev,
    [BUILTIN_AUTHOR] = add_author,
    [BUILTIN_TIME] = add_time,
};

static enum err add_builtin(struct listing *l, const struct condition *c)
{
    enum builtin which = builtin_find(c->builtin);

    INSIST(which != BUILTIN_COUNT);
    if (!operators_hold(builtins[which].operators, op_word(c->op)))
        return refuse_op(l, c, builtins[which].operators);
    return adders[which](l, c);
}

static bool is_tender(const struct condition *c)
{
    return c->field == FIELD_COUNT && strcmp(c->builtin, "tender") == 0;
}

static bool goes_on(const struct query *query, size_t i)
{
    return i + 1 < query->conditions_n && query->conditions[i + 1].either;
}

/* " AND a", or " AND (a OR b OR c)" of conditions that are alternatives. */
static enum err join_condition(struct listing *l, size_t i)
{
    const struct condition *c = &l->query->conditions[i];
    bool more = goes_on(l->query, i);

    l->in_group = c->either || more;
    text_puts(&l->where, c->either ? " OR " : more ? " AND (" : " AND ");
    enum err err =
        c->field == FIELD_COUNT ? add_builtin(l, c) : add_field(l, c);
    if (c->either && !more)
        text_puts(&l->where, ")");
    return err;
}

/* The tender comes first: it says where the codes of the others are found. */
enum err listing_conditions(struct listing *l)
{
    const struct query *query = l->query;
    enum err err = ERR_OK;

    for (int tenders = 1; tenders >= 0; tenders--)
        for (size_t i = 0; i < query->conditions_n && err == ERR_OK; i++)
            if (is_tender(&query->conditions[i]) == (tenders == 1))
                err = join_condition(l, i);
    return err;
}

static void print_order(struct listing *l, const struct order *order)
{
    struct text column = {0};
    enum type type = fields[order->field].type;

    INSIST(fields[order->field].kind == l->query->kind);
    column_print(&column, order->field, 0);
    if (type == TYPE_ENUM)
        print_place(&l->order, order->field, column.bytes);
    else if (type == TYPE_LINE || type == TYPE_WORD || type == TYPE_TEXT)
        text_printf(&l->order, "folded(%s)", column.bytes);
    else
        text_puts(&l->order, column.bytes);
    text_fini(&column);
}

enum err listing_orders(struct listing *l)
{
    INSIST(l->query->orders_n <= 4);
    for (size_t i = 0; i < l->query->orders_n; i++) {
        const struct order *order = &l->query->orders[i];
        const char *word = order->builtin ? order->builtin : "id";

        if (order->field != FIELD_COUNT)
            print_order(l, order);
        else if (builtin_find(word) != BUILTIN_COUNT)
            text_puts(&l->order, word);
        else
            return fault_set(l->fault, ERR_ARG, "order-by", word,
                "a field, id, tender, rev, author or time");
        text_puts(
            &l->order, order->falling ? " DESC NULLS LAST, " : " NULLS LAST, ");
    }
    return ERR_OK;
}
