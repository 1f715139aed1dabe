/* SPDX-License-Identifier: Apache-2.0
 *
 * do_duplicates.c - duplicates: parties that may be the same, by name, code,
 * official number or contact, with the line that merges them.
 */
#include "protocol/base_mem.h"
#include "protocol/fold.h"
#include "server/figure/figures.h"
#include "server/figure/tender_maker.h"
#include "server/session/page.h"
#include "server/verb/handlers.h"

#include <stdlib.h>
#include <string.h>

enum reason { SAME_NAME, SAME_CODE, SAME_REGISTRATION, SAME_CONTACT, REASONS };

/* A mark by which parties are told to be the same. */
struct mark {
    enum reason reason;
    char *text;
    const struct object *party;
};

struct pair {
    const struct object *keep, *other;
    unsigned reasons;
};

struct finding {
    struct objects parties, contacts;
    struct mark *marks;
    size_t marks_n, marks_room;
    struct pair *pairs;
    size_t n, room;
};

static void clean_finding(struct task *t)
{
    struct finding *d = t->state;

    for (size_t i = 0; i < d->marks_n; i++)
        free(d->marks[i].text);
    free(d->marks);
    free(d->pairs);
    objects_fini(&d->parties);
    objects_fini(&d->contacts);
    free(d);
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a name without case and accents, in order: "Quist, Éva" and
 * "Eva QUIST" are the same. */
static char *fold_name(const char *name)
{
    struct folded word;
    struct text made = {0};
    char *words[16] = {0};
    size_t n = 0;

    for (const char *p = name; n < 16 && fold_next(&p, &word);)
        words[n++] = mem_text(word.word);
    qsort(words, n, sizeof *words, compare_words);
    for (size_t i = 0; i < n; i++) {
        text_printf(&made, "%s ", words[i]);
        free(words[i]);
    }
    return text_take(&made);
}

/* A number without what is put between its digits. */
static char *fold_contact(const char *value)
{
    struct text made = {0};
    struct text folded = {0};

    fold_text(&folded, value);
    for (const char *p = text_peek(&folded); *p; p++)
        if (strchr(" -./()", *p) == NULL)
            text_putc(&made, *p);
    text_fini(&folded);
    return text_take(&made);
}

static void add_mark(struct finding *d, enum reason reason, char *text,
    const struct object *party)
{
    if (text == NULL || *text == '\0') {
        free(text);
        return;
    }
    d->marks =
        mem_grow(d->marks, &d->marks_room, d->marks_n + 1, sizeof *d->marks);
    d->marks[d->marks_n++] = (struct mark){reason, text, party};
}

static void add_party(struct finding *d, const struct object *party)
{
    const struct datum *name = VALUE(party, PARTY, NAME);
    const struct datum *code = VALUE(party, PARTY, CODE);
    const struct datum *number = VALUE(party, PARTY, REGISTRATION);

    if (name->set)
        add_mark(d, SAME_NAME, fold_name(name->text), party);
    if (code->set)
        add_mark(d, SAME_CODE, fold_contact(code->text), party);
    if (number->set)
        add_mark(d, SAME_REGISTRATION, fold_contact(number->text), party);
}

static void add_contact(struct finding *d, const struct object *contact)
{
    const struct datum *party = VALUE(contact, CONTACT, PARTY);
    size_t at = maker_index(
        (const struct object *const *)d->parties.list, d->parties.n, party);

    if (at != MODEL_NOWHERE)
        add_mark(d, SAME_CONTACT,
            fold_contact(VALUE(contact, CONTACT, VALUE)->text),
            d->parties.list[at]);
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;

    if (x->reason != y->reason)
        return x->reason < y->reason ? -1 : 1;
    int text = strcmp(x->text, y->text);
    if (text != 0)
        return text;
    return (x->party->id > y->party->id) - (x->party->id < y->party->id);
}

static void add_pair(
    struct finding *d, const struct mark *a, const struct mark *b)
{
    const struct datum *sort = VALUE(a->party, PARTY, SORT);

    if (a->party == b->party ||
        !maker_is_word(VALUE(b->party, PARTY, SORT), sort->text))
        return;
    for (size_t i = 0; i < d->n; i++)
        if (d->pairs[i].keep == a->party && d->pairs[i].other == b->party) {
            d->pairs[i].reasons |= 1u << a->reason;
            return;
        }
    d->pairs = mem_grow(d->pairs, &d->room, d->n + 1, sizeof *d->pairs);
    d->pairs[d->n++] = (struct pair){a->party, b->party, 1u << a->reason};
}

/* Each one with the first that bears the mark, which is the oldest. */
static void find_pairs(struct finding *d)
{
    size_t first = 0;

    if (d->marks_n > 1)
        qsort(d->marks, d->marks_n, sizeof *d->marks, compare_marks);
    for (size_t i = 1; i < d->marks_n; i++) {
        const struct mark *mark = &d->marks[i];

        if (mark->reason == d->marks[first].reason &&
            strcmp(mark->text, d->marks[first].text) == 0)
            add_pair(d, &d->marks[first], mark);
        else
            first = i;
    }
}

static void row_pair(struct reply *r, const struct pair *pair)
{
    static const char *const words[REASONS] = {
        "name", "code", "registration", "contact"};
    const struct datum *one = VALUE(pair->keep, PARTY, ORG);
    const struct datum *other = VALUE(pair->other, PARTY, ORG);
    struct text because = {0}, line = {0};

    for (int i = 0; i < REASONS; i++)
        if (pair->reasons & 1u << i)
            text_printf(&because, "%s%s", because.len ? "," : "", words[i]);
    if (one->set && other->set && one->number == other->number)
        text_puts(&because, ",org");
    text_puts(&line, "merge ");
    object_name(&line, pair->keep);
    text_putc(&line, ' ');
    object_name(&line, pair->other);
    reply_data(r, "pair", NULL);
    figures_name(r, "party", pair->keep);
    figures_name(r, "other", pair->other);
    reply_word(r, "because", because.bytes);
    reply_word(r, "line", line.bytes);
    reply_end(r);
    text_fini(&because);
    text_fini(&line);
}

static enum err run_duplicates(struct store *store, struct job *job)
{
    struct task *t = (struct task *)job;
    struct finding *d = t->state;
    struct reply r = task_reply(t);
    enum err err = store_head(store, t->viewer.team, &t->head);

    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_PARTY, 0, &d->parties);
    if (err == ERR_OK)
        err = page_read_all(store, t, KIND_CONTACT, 0, &d->contacts);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < d->parties.n; i++)
        add_party(d, d->parties.list[i]);
    for (size_t i = 0; i < d->contacts.n; i++)
        add_contact(d, d->contacts.list[i]);
    find_pairs(d);
    for (size_t i = 0; i < d->n; i++)
        row_pair(&r, &d->pairs[i]);
    t->rows = r.rows;
    return ERR_OK;
}

static void finish_duplicates(struct session *s, struct task *t)
{
    struct reply r;

    if (!task_answer(s, t))
        return;
    task_final(s, t, &r);
    reply_int(&r, "at", (int64_t)t->head);
    reply_end(&r);
}

void do_duplicates(struct session *s, struct request *q)
{
    struct task *t = task_new(s, q);

    t->state = mem_new(sizeof(struct finding));
    t->clean = clean_finding;
    task_start(t, db_read, run_duplicates, finish_duplicates);
}
