/* SPDX-License-Identifier: Apache-2.0
 *
 * do_help.c - help for people, derived from the tables.
 */
#include "protocol/base_mem.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

/* Where what is said of a verb stands: behind the longest of their names and
 * two blanks, by which a client knows that these are columns. */
#define INDENT "             "

static void put_example(struct reply *r, const char *example, int french)
{
    struct text line = {0};

    text_printf(&line, INDENT "%s %s", french ? "p. ex." : "e.g.", example);
    reply_line(r, line.bytes);
    text_fini(&line);
}

static void put_verb(struct reply *r, const struct command *c, int french)
{
    struct text line = {0};

    text_printf(&line, "%-12s %s", c->name, c->help[french]);
    reply_line(r, line.bytes);
    text_fini(&line);
    put_example(r, c->example, french);
}

/* "help values, help lists, ..." */
static void help_topics(struct reply *r, int french)
{
    struct text line = {0};

    text_puts(&line, french ? "et sur :" : "and on:");
    for (size_t i = 0; i < topic_rows_n; i++)
        text_printf(&line, " %s", topic_rows[i].word);
    text_puts(&line, " limits");
    reply_line(r, line.bytes);
    text_fini(&line);
}

static void help_all(struct reply *r, enum role role, int french)
{
    for (int i = 0; i < CMD_COUNT; i++)
        if (commands[i].role <= role)
            put_verb(r, &commands[i], french);
    reply_line(r, "");
    reply_line(r, french ? "« help VERBE » et « help GENRE » disent plus ; les "
                           "genres :"
                         : "\"help VERB\" and \"help KIND\" say more; the "
                           "kinds:");
    for (int i = 0; i < KIND_COUNT; i++) {
        const struct kind_row *row = kind_row((enum kind)i);
        struct text line = {0};

        text_printf(&line, "%-12s %s", row->word, row->help[french]);
        reply_line(r, line.bytes);
        text_fini(&line);
    }
    reply_line(r, "");
    help_topics(r, french);
}

/* "(yes, no", so that a long list can go on in further lines. */
static void put_list(struct text *to, const char *list)
{
    text_puts(to, " (");
    for (; *list; list++) {
        text_putc(to, *list);
        if (*list == ',')
            text_putc(to, ' ');
    }
}

static void help_arguments(struct reply *r, const struct command *c, int french)
{
    struct argument a;

    for (size_t i = 0; command_argument(c, i, &a); i++) {
        struct text line = {0};

        text_printf(&line, INDENT "%.*s%s  %s", (int)a.name_len, a.name,
            a.place ? "" : "=", a.help[french]);
        if (*a.type->values) {
            put_list(&line, a.type->values);
            text_putc(&line, ')');
        }
        reply_line(r, line.bytes);
        text_fini(&line);
    }
}

static void help_verb(struct reply *r, const struct command *c, int french)
{
    struct text line = {0};

    put_verb(r, c, french);
    text_printf(&line, INDENT "%s %s", c->name, c->positional);
    if (*c->keys)
        text_printf(&line, french ? "  clés : %s" : "  keys: %s", c->keys);
    reply_line(r, line.bytes);
    line.len = 0;
    text_printf(&line, french ? INDENT "rôle : %s" : INDENT "role: %s",
        role_word(c->role));
    reply_line(r, line.bytes);
    text_fini(&line);
    help_arguments(r, c, french);
}

static void put_examples(struct reply *r, const char *of, int french)
{
    for (size_t i = 0; i < example_rows_n; i++) {
        if (strcmp(example_rows[i].of, of) == 0)
            put_example(r, example_rows[i].line, french);
    }
}

static void put_lines(struct reply *r, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        char *line = mem_copy(text, len);

        reply_line(r, line);
        free(line);
        text += len + (text[len] == '\n');
    }
}

static void help_topic(struct reply *r, const char *word, int french)
{
    for (size_t i = 0; i < topic_rows_n; i++)
        if (strcmp(topic_rows[i].word, word) == 0) {
            put_lines(r, topic_rows[i].text[french]);
            put_examples(r, word, french);
        }
}

/* A unit as people say it; most are the same word in both languages. */
static const char *say_unit(const char *unit, int french)
{
    static const char *const words[][2] = {
#define FIELD_UNIT(en, fr) {en, fr},
#include "protocol/units.def"
    };

    for (size_t i = 0; french && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], unit) == 0)
            return words[i][1];
    return unit;
}

static void help_kind(struct reply *r, enum kind kind, int french)
{
    const struct kind_row *row = kind_row(kind);
    struct text line = {0};

    text_printf(
        &line, "%s (%s-1): %s", row->word, row->prefix, row->help[french]);
    reply_line(r, line.bytes);
    for (size_t i = row->first; i < row->first + row->count; i++) {
        const struct field_row *f = &fields[i];

        line.len = 0;
        text_printf(&line, "  %-21s  %s", f->word, f->help[french]);
        put_list(&line, *f->arg ? f->arg : type_word(f->type));
        if (*f->unit)
            text_printf(&line, ", %s", say_unit(f->unit, french));
        if (*f->preset)
            text_printf(
                &line, french ? ", par défaut %s" : ", default %s", f->preset);
        if (f->flags & FIELD_NEEDED)
            text_puts(&line, french ? ", obligatoire" : ", needed");
        text_puts(&line, ")");
        reply_line(r, line.bytes);
    }
    text_fini(&line);
    put_examples(r, row->word, french);
}

static void help_limits(struct reply *r, int french)
{
    struct text line = {0};

    for (enum limit i = 0; i < LIMIT_COUNT; i++) {
        line.len = 0;
        text_printf(&line, "%-22s %10zu  %s", limits[i].word, limit_now(i),
            limits[i].help[french]);
        reply_line(r, line.bytes);
    }
    text_fini(&line);
}

static void end_rows(struct session *s, const struct request *q, size_t rows)
{
    struct reply r = session_reply(s);

    reply_ok(&r, q->tag);
    reply_int(&r, "n", (int64_t)rows);
    reply_end(&r);
}

static void refuse_topic(struct session *s, const struct request *q)
{
    session_refuse(s, q, ERR_NONE, "topic", q->args[0],
        "a verb, a kind, values, lists, past, conflicts, batches, events, "
        "scripts or limits");
}

void do_help(struct session *s, struct request *q)
{
    struct reply r = session_reply(s);
    int french = s->language == LANGUAGE_FRENCH;
    const char *topic = q->args_n ? q->args[0] : NULL;
    enum role role = s->user.id ? s->user.role : ROLE_COUNT;

    if (topic == NULL)
        help_all(&r, role, french);
    else if (command_find(topic) != CMD_COUNT)
        help_verb(&r, &commands[command_find(topic)], french);
    if (topic && kind_find(topic) != KIND_NONE)
        help_kind(&r, kind_find(topic), french);
    if (topic && strcmp(topic, "limits") == 0)
        help_limits(&r, french);
    if (topic)
        help_topic(&r, topic, french);
    if (r.rows == 0)
        refuse_topic(s, q);
    else
        end_rows(s, q, r.rows);
}
