/* SPDX-License-Identifier: Apache-2.0
 *
 * search.c - objects by the words of their texts, page by page.
 *
 * The rarest word leads: only objects that hold it are read and looked
 * through, tender by tender, as the words of a tender stand together.  A cursor
 * is the place of an object: "f" TENDER "." KIND "." ID.
 */
#include "db/search.h"

#include "db/match.h"
#include "db/terms.h"
#include "protocol/base_mem.h"
#include "protocol/fold.h"
#include "protocol/limit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* So many rows tell which word is rare enough. */
#define COUNT_MOST 2000
/* What one page looks through: objects, and texts of so many KiB. */
#define LOOK_MOST 4096

struct place {
    uint64_t tender;
    enum kind kind;
    uint64_t id;
};

struct finding {
    struct store *store;
    const struct viewer *viewer;
    const struct search *search;
    struct fault *fault;
    struct hits *got;
    struct place behind; /* places up to this one are left out */
    struct place last;   /* looked through */
    size_t looked, bytes;
    bool full;       /* the page is, or its cost */
    bool enough;     /* other tenders are not asked for */
    uint64_t tender; /* of which is known */
    bool sees;       /* whether it is seen */
};

enum err search_add(struct search *search, const char *text, bool prefix)
{
    struct phrase phrase = {.prefix = prefix};
    struct folded word;

    for (const char *p = text; fold_next(&p, &word);) {
        phrase.words =
            mem_grow(phrase.words, &phrase.room, phrase.n + 1, sizeof(char *));
        phrase.words[phrase.n++] = mem_text(word.word);
    }
    if (phrase.n == 0)
        return ERR_ARG;
    if (search->n < SEARCH_PHRASES) {
        search->phrases[search->n++] = phrase;
        return ERR_OK;
    }
    for (size_t i = 0; i < phrase.n; i++)
        free(phrase.words[i]);
    free(phrase.words);
    return ERR_LIMIT;
}

void search_fini(struct search *search)
{
    for (size_t i = 0; i < search->n; i++) {
        for (size_t j = 0; j < search->phrases[i].n; j++)
            free(search->phrases[i].words[j]);
        free(search->phrases[i].words);
    }
    free(search->after);
    *search = (struct search){0};
}

void hits_fini(struct hits *hits)
{
    for (size_t i = 0; i < hits->n; i++) {
        object_free(&hits->list[i].object);
        free(hits->list[i].snippet);
    }
    free(hits->list);
    free(hits->next);
    *hits = (struct hits){0};
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->tender != y->tender)
        return x->tender < y->tender ? -1 : 1;
    if (x->kind != y->kind)
        return strcmp(kind_row(x->kind)->word, kind_row(y->kind)->word);
    return (x->id > y->id) - (x->id < y->id);
}

static bool take_number(const char **p, char mark, uint64_t *got)
{
    size_t len = strspn(*p, "0123456789");

    if (len == 0 || len > 18 || (*p)[len] != mark)
        return false;
    *got = strtoull(*p, NULL, 10);
    *p += len + (mark != '\0');
    return true;
}

static bool read_place(const char *word, struct place *got)
{
    char kind[33];

    if (*word++ != 'f' || !take_number(&word, '.', &got->tender))
        return false;
    size_t len = strcspn(word, ".");
    if (len >= sizeof kind)
        return false;
    memcpy(kind, word, len);
    kind[len] = '\0';
    got->kind = kind_find(kind);
    word += len + (word[len] == '.');
    return got->kind != KIND_NONE && take_number(&word, '\0', &got->id);
}

static enum err read_cursor(struct finding *f)
{
    const char *word = f->search->after;

    f->behind = (struct place){f->search->tender, KIND_NONE, 0};
    if (word == NULL || read_place(word, &f->behind))
        return ERR_OK;
    return fault_set(
        f->fault, ERR_ARG, "after", word, "the next= of the same find");
}

static char *print_place(const struct place *place)
{
    struct text made = {0};

    text_printf(&made, "f%" PRIu64 ".%s.%" PRIu64, place->tender,
        kind_row(place->kind)->word, place->id);
    return text_take(&made);
}

typedef enum err tender_fn(struct finding *f, uint64_t tender, void *ctx);

/* What belongs to the team, then the tenders by rising id, from that of the
 * cursor on; or the one that is meant. */
static enum err each_tender(struct finding *f, tender_fn *visit, void *ctx)
{
    bool row = true;
    enum err err = ERR_OK;

    f->enough = false;
    if (f->search->tender != 0)
        return visit(f, f->search->tender, ctx);
    if (f->behind.tender == 0)
        err = visit(f, 0, ctx);
    if (err != ERR_OK || f->enough)
        return err;
    sqlite3_stmt *rows = store_fixed(f->store, STATEMENT_TERM_TENDERS);
    sql_bind(rows, "ii", f->viewer->team, f->behind.tender);
    while (!f->enough && (err = sql_step(rows, &row)) == ERR_OK && row) {
        err = visit(f, sql_id(rows, 0), ctx);
        if (err != ERR_OK)
            break;
    }
    sqlite3_reset(rows);
    return err;
}

/* A word, or all that start with it. */
struct span {
    const char *word;
    bool prefix;
    struct text end;
    size_t count;
};

/* Behind all that starts with the word stands the greatest character; behind
 * the word alone one that is in no word. */
static struct span span_of(const char *word, bool prefix)
{
    struct span span = {.word = word, .prefix = prefix};

    text_printf(&span.end, "%s%s", word, prefix ? "\xf4\x8f\xbf\xbf" : "\x01");
    return span;
}

static sqlite3_stmt *open_range(
    struct finding *f, uint64_t tender, const struct span *span)
{
    sqlite3_stmt *rows = store_fixed(f->store, STATEMENT_TERM_RANGE);

    sql_bind(
        rows, "iitt", f->viewer->team, tender, span->word, span->end.bytes);
    return rows;
}

static enum err count_tender(struct finding *f, uint64_t tender, void *ctx)
{
    struct span *span = ctx;
    sqlite3_stmt *rows = open_range(f, tender, span);
    bool row = true;
    enum err err = ERR_OK;

    while (span->count < COUNT_MOST && (err = sql_step(rows, &row)) == ERR_OK &&
           row)
        span->count++;
    sqlite3_reset(rows);
    f->enough = span->count == COUNT_MOST;
    return err;
}

static enum err count_rows(
    struct finding *f, const char *word, bool prefix, size_t *count)
{
    struct span span = span_of(word, prefix);
    enum err err = each_tender(f, count_tender, &span);

    *count = span.count;
    text_fini(&span.end);
    return err;
}

struct leader {
    const char *word;
    bool prefix;
    size_t count;
};

/* A word that may go on leads only when no other does, since its rows have to
 * be sorted. */
static bool is_better(const struct leader *one, const struct leader *than)
{
    if (than->word == NULL || one->count != than->count)
        return than->word == NULL || one->count < than->count;
    return than->prefix && !one->prefix;
}

static size_t count_words(const struct search *search)
{
    size_t n = 0;

    for (size_t i = 0; i < search->n; i++)
        n += search->phrases[i].n;
    return n;
}

/* Where there is one word alone, it leads whatever its rows. */
static enum err choose_leader(struct finding *f, struct leader *leader)
{
    const struct search *search = f->search;
    bool alone = count_words(search) == 1;

    for (size_t i = 0; i < search->n; i++)
        for (size_t j = 0; j < search->phrases[i].n; j++) {
            const struct phrase *phrase = &search->phrases[i];
            struct leader one = {
                phrase->words[j], phrase->prefix && j + 1 == phrase->n, 1};
            enum err err =
                alone ? ERR_OK
                      : count_rows(f, one.word, one.prefix, &one.count);

            if (err != ERR_OK)
                return err;
            if (is_better(&one, leader))
                *leader = one;
        }
    return ERR_OK;
}

/* Places come in the order of tenders, so the last answer is the one that is
 * asked for again. */
static enum err is_seen(struct finding *f, uint64_t tender)
{
    if (tender == f->tender)
        return f->sees ? ERR_OK : ERR_NONE;
    enum err err = tender_sees(f->store, f->viewer, tender, &f->sees);
    if (err != ERR_OK)
        return err;
    f->tender = tender;
    return f->sees ? ERR_OK : ERR_NONE;
}

static bool is_wanted(const struct search *search, enum kind kind)
{
    bool any = false;

    for (int i = 0; i < KIND_COUNT; i++)
        any = any || search->kinds[i];
    return !any || search->kinds[kind];
}

static void add_hit(struct finding *f, struct hit *hit)
{
    struct hits *got = f->got;

    got->list = mem_grow(got->list, &got->room, got->n + 1, sizeof *got->list);
    got->list[got->n++] = *hit;
}

/* What is not seen leaves no trace: it counts nothing, and no cursor names
 * it. */
static enum err load(
    struct finding *f, const struct place *place, struct object **made)
{
    enum err err = is_wanted(f->search, place->kind) ? is_seen(f, place->tender)
                                                     : ERR_NONE;

    if (err != ERR_OK)
        return err;
    f->looked++;
    return object_load(
        f->store, f->viewer->team, place->kind, place->id, 0, made, NULL);
}

/* One hit more than wanted says that there is a page behind this one. */
static enum err look_at(struct finding *f, const struct place *place)
{
    struct hit hit = {0};
    enum err err = load(f, place, &hit.object);

    if (err != ERR_OK)
        return err == ERR_NONE ? ERR_OK : err;
    if (match_object(
            hit.object, f->search, &hit.field, &hit.snippet, &f->bytes))
        add_hit(f, &hit);
    else
        object_free(&hit.object);
    bool over = f->got->n > f->search->limit;
    f->full = over || f->looked + f->bytes / 1024 >= LOOK_MOST;
    if (!over)
        f->last = *place;
    return ERR_OK;
}

static void read_place_row(
    sqlite3_stmt *rows, uint64_t tender, struct place *got)
{
    *got =
        (struct place){tender, kind_find(sql_peek(rows, 0)), sql_id(rows, 1)};
    INSIST(got->kind != KIND_NONE);
}

/* The table has the places of one word in their order. */
static enum err follow_tender(struct finding *f, uint64_t tender, void *ctx)
{
    const struct span *span = ctx;
    sqlite3_stmt *rows = store_fixed(f->store, STATEMENT_TERM_PLACES);
    const struct place *behind = &f->behind;
    bool begun = behind->tender == tender && behind->kind != KIND_NONE;
    struct place place;
    bool row = true;
    enum err err = ERR_OK;

    sql_bind(rows, "iitti", f->viewer->team, tender, span->word,
        begun ? kind_row(behind->kind)->word : "",
        begun ? behind->id : UINT64_C(0));
    while (!f->full && (err = sql_step(rows, &row)) == ERR_OK && row) {
        read_place_row(rows, tender, &place);
        err = look_at(f, &place);
        if (err != ERR_OK)
            break;
    }
    sqlite3_reset(rows);
    f->enough = f->full;
    return err;
}

struct places {
    struct place *list;
    size_t n, room;
};

static enum err refuse_prefix(struct finding *f, const char *word)
{
    return fault_set(
        f->fault, ERR_LIMIT, "words", word, "more letters of the last word");
}

static bool is_behind(const struct finding *f, const struct place *place)
{
    return f->behind.kind == KIND_NONE || compare_places(place, &f->behind) > 0;
}

struct collecting {
    struct span span;
    struct places places;
};

static enum err collect_tender(struct finding *f, uint64_t tender, void *ctx)
{
    struct collecting *c = ctx;
    sqlite3_stmt *rows = open_range(f, tender, &c->span);
    struct places *places = &c->places;
    struct place place;
    bool row = true;
    enum err err = ERR_OK;

    while ((err = sql_step(rows, &row)) == ERR_OK && row) {
        if (!limit_allows(LIMIT_ROW_SCAN, ++c->span.count)) {
            err = refuse_prefix(f, c->span.word);
            break;
        }
        read_place_row(rows, tender, &place);
        if (!is_behind(f, &place))
            continue;
        places->list = mem_grow(
            places->list, &places->room, places->n + 1, sizeof *places->list);
        places->list[places->n++] = place;
    }
    sqlite3_reset(rows);
    return err;
}

/* Those of many words have to be sorted. */
static enum err follow_prefix(struct finding *f, const char *word)
{
    struct collecting c = {.span = span_of(word, true)};
    enum err err = each_tender(f, collect_tender, &c);
    const struct place *list = c.places.list;

    if (err == ERR_OK && c.places.n > 1)
        qsort(c.places.list, c.places.n, sizeof *list, compare_places);
    for (size_t i = 0; err == ERR_OK && !f->full && i < c.places.n; i++)
        if (i == 0 || compare_places(&list[i - 1], &list[i]))
            err = look_at(f, &list[i]);
    free(c.places.list);
    text_fini(&c.span.end);
    return err;
}

static void end_page(struct finding *f)
{
    struct hits *got = f->got;

    if (!f->full)
        return;
    if (got->n > f->search->limit) {
        struct hit *more = &got->list[--got->n];

        object_free(&more->object);
        free(more->snippet);
    }
    got->next = print_place(&f->last);
}

static enum err follow_word(struct finding *f, const char *word)
{
    struct span span = {.word = word};

    return each_tender(f, follow_tender, &span);
}

static enum err look(struct finding *f)
{
    struct leader leader = {0};
    enum err err = read_cursor(f);

    if (err == ERR_OK)
        err = choose_leader(f, &leader);
    if (err != ERR_OK || leader.count == 0)
        return err;
    err = leader.prefix ? follow_prefix(f, leader.word)
                        : follow_word(f, leader.word);
    if (err == ERR_OK)
        end_page(f);
    return err;
}

enum err store_search(struct store *store, const struct viewer *viewer,
    const struct search *search, struct hits *got, struct fault *fault)
{
    struct hits made = {0};
    struct finding f = {.store = store,
        .viewer = viewer,
        .search = search,
        .fault = fault,
        .got = &made,
        .sees = true};

    INSIST(search->n > 0 && search->limit > 0);
    enum err err = look(&f);
    if (err == ERR_OK) {
        *got = made;
        return ERR_OK;
    }
    hits_fini(&made);
    fault->err = err;
    return err;
}
