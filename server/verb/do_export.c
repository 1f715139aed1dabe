/* SPDX-License-Identifier: Apache-2.0
 *
 * do_export.c - export: all that is recorded about one party, as lines that
 * people can read and the server can take again.
 */
#include "db/mention.h"
#include "protocol/base_mem.h"
#include "protocol/words.h"
#include "server/people/person.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

struct exporting {
    size_t records, mentions;
    bool hidden;
};

static void clean_exporting(struct task *t)
{
    free(t->state);
}

static int compare_rows(const void *a, const void *b)
{
    const struct about_row *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* "$P-8" for what these lines add, else the code or id of another object. */
static void print_ref(
    struct person *p, struct text *to, enum kind kind, uint64_t id)
{
    for (size_t i = 0; i < p->about.n; i++) {
        const struct about_row *row = &p->about.list[i];

        if (row->kind == kind && row->id == id && row->what == ABOUT_OWN) {
            text_putc(to, '$');
            id_print(to, kind, id);
            return;
        }
    }
    const struct object *other = person_other(p, kind, id);
    if (other)
        object_name(to, other);
    else
        id_print(to, kind, id);
}

static void print_refs(
    struct person *p, struct text *to, size_t field, const struct datum *d)
{
    char *word = mem_copy(fields[field].arg, strcspn(fields[field].arg, ":|"));
    const char *comma = "";

    for (const char *at = d->text + 1; *at; at = strchr(at, ',') + 1) {
        text_puts(to, comma);
        print_ref(p, to, kind_find(word), strtoull(at, NULL, 10));
        comma = ",";
    }
    free(word);
}

static void print_value(
    struct person *p, struct text *line, size_t field, const struct datum *d)
{
    struct text value = {0};

    if (!d->set)
        return;
    if (fields[field].type == TYPE_REF)
        print_ref(p, &value, d->ref_kind, (uint64_t)d->number);
    else if (fields[field].type == TYPE_REFSET)
        print_refs(p, &value, field, d);
    else if (fields[field].type == TYPE_TEXT)
        text_puts(&value, d->text);
    else
        datum_print(&value, field, d);
    text_printf(line, " %s=", fields[field].word);
    word_print(line, text_peek(&value));
    text_fini(&value);
}

/* Where it belongs, unless what it is on says so. */
static void print_tender(
    struct person *p, struct text *line, const struct object *o)
{
    enum scope scope = kind_row(o->kind)->scope;
    const struct object *tender =
        o->tender ? person_other(p, KIND_TENDER, o->tender) : NULL;

    if (scope != SCOPE_EITHER && scope != SCOPE_TENDER)
        return;
    text_puts(line, " tender=");
    if (tender)
        object_name(line, tender);
    else
        text_puts(line, "\"\"");
}

static void line_object(struct person *p, const struct object *o)
{
    const struct kind_row *kind = kind_row(o->kind);
    struct text line = {0};

    text_printf(&line, "add %s", kind->word);
    print_tender(p, &line, o);
    for (size_t i = 0; i < kind->count; i++)
        print_value(p, &line, kind->first + i, &o->values[i]);
    text_puts(&line, " as=$");
    id_print(&line, o->kind, o->id);
    text_puts(&line, " # ");
    text_puts(&line, o->author);
    text_putc(&line, ' ');
    time_print(&line, o->time, false);
    reply_line(&p->r, line.bytes);
    text_fini(&line);
}

/* What only names it stays where it is. */
static void line_named(struct person *p, const struct about_row *row)
{
    struct text line = {0};

    text_puts(&line, "# ");
    id_print(&line, row->kind, row->id);
    text_printf(&line, " (%s", kind_row(row->kind)->word);
    if (row->object->tender && row->kind != KIND_TENDER) {
        text_puts(&line, " of ");
        print_ref(p, &line, KIND_TENDER, row->object->tender);
    }
    text_puts(&line, ") names it");
    reply_line(&p->r, line.bytes);
    text_fini(&line);
}

/* Texts about something else that name a person. */
static void line_mention(struct person *p, const struct mention *m)
{
    struct text line = {0};

    text_puts(&line, "# ");
    id_print(&line, m->kind, m->id);
    text_printf(&line, " (%s", kind_row(m->kind)->word);
    if (m->tender && m->kind != KIND_TENDER) {
        text_puts(&line, " of ");
        print_ref(p, &line, KIND_TENDER, m->tender);
    }
    text_printf(&line, ") %s%s in %s%s", m->now ? "has " : "had ",
        m->part ? "a part of its name" : "its name or a contact",
        fields[m->field].word, m->gone ? ", deleted" : "");
    reply_line(&p->r, line.bytes);
    text_fini(&line);
}

static enum err lines_mentions(struct person *p, struct exporting *e)
{
    const struct object *party = person_party(p);
    struct mentions found = {0};
    struct abouts about = {0};

    if (!maker_is_word(VALUE(party, PARTY, SORT), "person"))
        return ERR_OK;
    enum err err =
        store_about(p->store, p->viewer, KIND_PARTY, party->id, true, &about);
    if (err == ERR_OK)
        err = mentions_of(p->store, p->viewer, &about, &found);
    if (err == ERR_OK)
        err = store_mentions(p->store, p->viewer, &about, &found);
    for (size_t i = 0; i < found.n && err == ERR_OK; i++)
        line_mention(p, &found.list[i]);
    e->mentions = found.n;
    e->hidden |= found.hidden;
    mentions_fini(&found);
    abouts_fini(&about);
    return err;
}

static void lines_all(struct person *p, struct exporting *e)
{
    if (p->about.n > 1)
        qsort(&p->about.list[1], p->about.n - 1, sizeof *p->about.list,
            compare_rows);
    reply_line(&p->r, "begin");
    for (size_t i = 0; i < p->about.n; i++)
        if (p->about.list[i].what == ABOUT_OWN) {
            line_object(p, p->about.list[i].object);
            e->records++;
        }
    reply_line(&p->r, "commit");
    for (size_t i = 0; i < p->about.n; i++)
        if (p->about.list[i].what == ABOUT_NAMED)
            line_named(p, &p->about.list[i]);
    e->hidden = p->about.hidden;
}

static enum err run_export(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct person p;
    enum err err = person_open(&p, store, t, "party", t->request.args[0]);

    if (err == ERR_OK) {
        lines_all(&p, t->state);
        err = lines_mentions(&p, t->state);
    }
    person_close(&p);
    return err;
}

static void finish_export(struct session *s, struct task *t)
{
    const struct exporting *e = t->state;
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    reply_int(&r, "records", (int64_t)e->records);
    if (e->mentions)
        reply_int(&r, "mentions", (int64_t)e->mentions);
    if (e->hidden)
        reply_yes(&r, "unseen", true);
    reply_end(&r);
}

void do_export(struct session *s, struct request *q)
{
    struct task *t = task_new(s, q);

    t->state = mem_new(sizeof(struct exporting));
    t->clean = clean_exporting;
    task_start(t, db_read, run_export, finish_export);
}
