/* SPDX-License-Identifier: Apache-2.0
 *
 * do_describe.c - the tables for programs: what a client of another version
 * needs to complete and to check what it sends.
 *
 * The digest is over all rows in both languages, so that a client can keep
 * what it was told until the digest is another one.
 */
#include "db/secret.h"
#include "db/sense.h"
#include "protocol/base_mem.h"
#include "protocol/french.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

static void add_range(struct reply *r, bool whole, int64_t least, int64_t most)
{
    const int64_t values[] = {least, most};
    static const char *const keys[] = {"min", "max"};

    for (size_t i = 0; i < 2; i++) {
        struct text word = {0};

        decimal_print(&word, whole ? values[i] * DECIMAL_ONE : values[i]);
        reply_number(r, keys[i], word.bytes);
        text_fini(&word);
    }
}

static void describe_type(struct reply *r, enum type type, int french)
{
    int64_t least, most;

    reply_data(r, "type", NULL);
    reply_word(r, "name", type_word(type));
    reply_word(r, "operators", type_operators(type));
    if (type_range(type, &least, &most)) {
        add_range(r, false, least, most);
        reply_int(r, "decimals", type == TYPE_INT ? 0 : 4);
    }
    reply_word(r, "allowed",
        french_of(
            type_allowed(type), french ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH));
    reply_end(r);
}

static const char *key_of_argument(enum type type)
{
    return type == TYPE_ENUM || type == TYPE_SET ? "values" : "to";
}

static void add_flags(struct reply *r, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *key;
    } rows[] = {{FIELD_NEEDED, "needed"}, {FIELD_FIXED, "fixed"},
        {FIELD_KEY, "key"}, {FIELD_CODE, "code"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (flags & rows[i].flag)
            reply_yes(r, rows[i].key, true);
}

static void describe_field(struct reply *r, size_t field, int french)
{
    const struct field_row *f = &fields[field];
    int64_t least, most;

    reply_data(r, "field", NULL);
    reply_word(r, "of", kind_row(f->kind)->word);
    reply_word(r, "name", f->word);
    reply_word(r, "type", type_word(f->type));
    if (*f->arg)
        reply_word(r, key_of_argument(f->type), f->arg);
    if (*f->unit)
        reply_word(r, "unit", f->unit);
    if (sense_range(field, &least, &most))
        add_range(r, f->type == TYPE_INT, least, most);
    if (*f->preset)
        reply_word(r, "default", f->preset);
    add_flags(r, f->flags);
    reply_word(r, "help", f->help[french]);
    reply_end(r);
}

static void describe_kind(struct reply *r, enum kind kind, int french)
{
    const struct kind_row *row = kind_row(kind);

    reply_data(r, "kind", NULL);
    reply_word(r, "name", row->word);
    reply_word(r, "prefix", row->prefix);
    reply_word(r, "parent", scope_word(row->scope));
    reply_word(r, "help", row->help[french]);
    reply_end(r);
    for (size_t i = row->first; i < row->first + row->count; i++)
        describe_field(r, i, french);
}

static void describe_builtin(
    struct reply *r, const struct builtin_row *row, int french)
{
    reply_data(r, "builtin", NULL);
    reply_word(r, "name", row->word);
    reply_word(r, "type", type_word(row->type));
    reply_word(r, "operators", row->operators);
    reply_word(r, "help", row->help[french]);
    reply_end(r);
}

static void describe_argument(struct reply *r, const struct command *c,
    const struct argument *a, int french)
{
    char *name = mem_copy(a->name, a->name_len);

    reply_data(r, "argument", NULL);
    reply_word(r, "verb", c->name);
    reply_word(r, "name", name);
    free(name);
    if (a->place)
        reply_int(r, "place", (int64_t)a->place);
    if (a->needed)
        reply_yes(r, "needed", true);
    if (a->many)
        reply_yes(r, "many", true);
    reply_word(r, "type", a->type->word);
    if (*a->type->values)
        reply_word(r, "values", a->type->values);
    reply_word(r, "help", a->help[french]);
    reply_end(r);
}

static void describe_verb(struct reply *r, const struct command *c, int french)
{
    static const char *const classes[] = {[COMMAND_FLOW] = "flow",
        [COMMAND_READ] = "read",
        [COMMAND_CHANGE] = "change",
        [COMMAND_COMPUTE] = "compute",
        [COMMAND_LONG] = "long"};
    struct argument a;

    reply_data(r, "verb", NULL);
    reply_word(r, "name", c->name);
    reply_word(r, "role", role_word(c->role));
    reply_word(r, "class", classes[c->class]);
    reply_word(r, "values", c->positional);
    reply_word(r, "keys", c->keys);
    if (command_takes(c, "fields"))
        reply_word(r, "takes", "fields");
    if (command_takes(c, "conditions"))
        reply_word(r, "takes", "conditions");
    reply_word(r, "example", c->example);
    reply_word(r, "help", c->help[french]);
    reply_end(r);
    for (size_t i = 0; command_argument(c, i, &a); i++)
        describe_argument(r, c, &a, french);
}

static void describe_error(struct reply *r, enum err err, int french)
{
    reply_data(r, "error", NULL);
    reply_word(r, "name", err_word(err));
    reply_int(r, "status", err_status(err));
    reply_word(r, "help", err_text(err, french));
    reply_end(r);
}

static void all_kinds(struct reply *r, int french)
{
    for (int i = 0; i < BUILTIN_COUNT; i++)
        describe_builtin(r, &builtins[i], french);
    for (int i = 0; i < KIND_COUNT; i++)
        describe_kind(r, (enum kind)i, french);
}

static void all_types(struct reply *r, int french)
{
    for (int i = 0; i < TYPE_COUNT; i++)
        describe_type(r, (enum type)i, french);
}

/* In rising order: who has a role may do what those before it may.  The
 * server's admin stands apart from them and has no order. */
static void all_roles(struct reply *r, int french)
{
    (void)french;
    for (int i = ROLE_NONE; i < ROLE_COUNT; i++) {
        reply_data(r, "role", NULL);
        reply_word(r, "name", role_word((enum role)i));
        if (i != ROLE_ADMIN)
            reply_int(r, "order", i > ROLE_ADMIN ? i - 1 : i);
        reply_end(r);
    }
}

static void all_verbs(struct reply *r, int french)
{
    for (int i = 0; i < CMD_COUNT; i++)
        describe_verb(r, &commands[i], french);
}

static void all_errors(struct reply *r, int french)
{
    for (int i = ERR_OK + 1; i < ERR_COUNT; i++)
        describe_error(r, (enum err)i, french);
}

static void describe_limit(struct reply *r, enum limit limit, int french)
{
    const struct limit_row *row = &limits[limit];

    reply_data(r, "limit", NULL);
    reply_word(r, "name", row->word);
    reply_int(r, "value", (int64_t)limit_now(limit));
    reply_word(r, "unit", row->unit);
    reply_word(r, "scope", row->scope);
    reply_int(r, "default", (int64_t)row->preset);
    reply_int(r, "low", (int64_t)row->low);
    reply_int(r, "high", (int64_t)row->high);
    reply_word(r, "help", row->help[french]);
    reply_end(r);
}

static void all_limits(struct reply *r, int french)
{
    for (enum limit i = 0; i < LIMIT_COUNT; i++)
        describe_limit(r, i, french);
}

static const struct {
    const char *topic;
    void (*describe)(struct reply *r, int french);
} tables[] = {{"types", all_types}, {"kinds", all_kinds}, {"roles", all_roles},
    {"verbs", all_verbs}, {"errors", all_errors}, {"limits", all_limits}};

static bool is_all(const char *topic)
{
    return strcmp(topic, "all") == 0;
}

static void describe_tables(struct reply *r, const char *topic, int french)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (is_all(topic) || strcmp(topic, tables[i].topic) == 0)
            tables[i].describe(r, french);
}

/* Limits can change while the server runs, so it is computed anew. */
static void print_digest(struct text *to)
{
    struct text rows = {0};
    struct reply r = {.to = &rows};
    unsigned char digest[DIGEST_BYTES];

    for (int french = 0; french < 2; french++)
        describe_tables(&r, "all", french);
    const void *part = rows.bytes;
    digest_of(&part, &rows.len, 1, digest);
    text_fini(&rows);
    for (int i = 0; i < 8; i++)
        text_printf(to, "%02x", digest[i]);
}

static void answer(struct session *s, const struct request *q, size_t rows)
{
    struct reply r = session_reply(s);
    struct text digest = {0};

    print_digest(&digest);
    reply_ok(&r, q->tag);
    reply_int(&r, "n", (int64_t)rows);
    reply_word(&r, "digest", digest.bytes);
    reply_end(&r);
    text_fini(&digest);
}

void do_describe(struct session *s, struct request *q)
{
    struct reply r = session_reply(s);
    int french = s->language == LANGUAGE_FRENCH;
    const char *topic = q->args_n ? q->args[0] : "all";

    describe_tables(&r, topic, french);
    if (!is_all(topic) && kind_find(topic) != KIND_NONE)
        describe_kind(&r, kind_find(topic), french);
    if (!is_all(topic) && command_find(topic) != CMD_COUNT)
        describe_verb(&r, &commands[command_find(topic)], french);
    if (!is_all(topic) && limit_find(topic) != LIMIT_COUNT)
        describe_limit(&r, limit_find(topic), french);
    bool told = r.rows > 0 || strcmp(topic, "digest") == 0;

    if (!told)
        session_refuse(s, q, ERR_NONE, "topic", topic,
            "a verb, a kind, types, kinds, roles, verbs, errors, limits, all "
            "or digest");
    else
        answer(s, q, r.rows);
}
