/* SPDX-License-Identifier: Apache-2.0
 *
 * check_record_since.c - a record that follows the changes is the record that
 * is read anew, whatever was changed, and whoever still computes on an earlier
 * one is not disturbed.
 */
#include "db/inside.h"
#include "server/figure/tender_model.h"
#include "tests/unit/store_kit.h"

#include <pthread.h>
#include <stdio.h>

/* Records of earlier seqs that are followed from, however old. */
#define BASES 3

static struct kit kit;

/* How often changes of a sort were done, so that none is only refused. */
enum sort { SORT_FORM, SORT_UNDO, SORT_UNDO_MANY, SORT_FORGET, SORT_COUNT };
static size_t done[SORT_COUNT];

static void apply(enum sort sort)
{
    done[sort] += kit_apply(&kit) == ERR_OK && kit.set.events.n > 0;
}

static void set_up(void)
{
    kit_init(&kit);
    kit_fill(&kit);
}

static void tear_down(void)
{
    kit_fini(&kit);
}

static unsigned next(unsigned *state, unsigned below)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 16) % below;
}

static void expect_same_object(
    const struct object *got, const struct object *is)
{
    const struct kind_row *row = kind_row(is->kind);

    ck_assert_int_eq(got->kind, is->kind);
    ck_assert_uint_eq(got->id, is->id);
    ck_assert_msg(got->rev == is->rev, "%s %d is of %d instead of %d",
        row->word, (int)is->id, (int)got->rev, (int)is->rev);
    ck_assert_uint_eq(got->tender, is->tender);
    ck_assert_int_eq(got->time, is->time);
    ck_assert_str_eq(got->author, is->author);
    for (size_t i = 0; i < row->count; i++)
        ck_assert_msg(
            datum_equal(row->first + i, &got->values[i], &is->values[i]),
            "%s of %s %d", fields[row->first + i].word, row->word, (int)is->id);
}

static void expect_same(const struct record *got, const struct record *is)
{
    ck_assert_uint_eq(got->tender, is->tender);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        ck_assert_msg(got->n[kind] == is->n[kind], "%s: %zu instead of %zu",
            kind_row((enum kind)kind)->word, got->n[kind], is->n[kind]);
        for (size_t i = 0; i < is->n[kind]; i++)
            expect_same_object(got->list[kind][i], is->list[kind][i]);
    }
}

/* The answers of both ways; *base is replaced where another one was made. */
static void follow(struct record **base, uint64_t *since)
{
    struct viewer viewer = kit_viewer(&kit);
    struct record *fresh = NULL;
    struct record *made = NULL;
    enum err err = store_record(kit.store, &viewer, (*base)->tender, 0, &fresh);

    ck_assert_int_eq(
        store_record_since(kit.store, &viewer, *base, *since, &made), err);
    if (err != ERR_OK) {
        ck_assert_ptr_null(made);
        return;
    }
    expect_same(made ? made : *base, fresh);
    *since = fresh->seq;
    if (made) {
        ck_assert_uint_eq(made->seq, fresh->seq);
        record_free(base);
        *base = made;
    }
    record_free(&fresh);
}

static struct record *read_tender(uint64_t tender, uint64_t *since)
{
    struct viewer viewer = kit_viewer(&kit);
    struct record *made;

    ck_assert_int_eq(
        store_record(kit.store, &viewer, tender, 0, &made), ERR_OK);
    *since = made->seq;
    return made;
}

static void try_undo(unsigned *state, uint64_t tx)
{
    static const char *const words[] = {
        "B-1", "B-2", "N-1", "C-2", "T-1", "P-3"};
    uint64_t head;

    ck_assert_int_eq(store_head(kit.store, kit.team, &head), ERR_OK);
    kit_open(&kit);
    struct change *change = change_add(&kit.set);
    change->verb = CHANGE_UNDO;
    change->tx = tx;
    if (tx == 0) {
        change->target = mem_text(words[next(state, 6)]);
        change->to = head - next(state, 40);
    }
    apply(tx ? SORT_UNDO_MANY : SORT_UNDO);
}

static void try_forget(unsigned *state)
{
    static const char *const words[] = {"B-1", "N-1", "N-2", "P-3"};

    kit_open(&kit);
    struct change *change = change_add(&kit.set);
    change->verb = CHANGE_FORGET;
    change->target = mem_text(words[next(state, 4)]);
    enum kind kind = kit_kind(&kit, change->target);
    struct datum none = {.ref_kind = KIND_NONE};
    change_assign(change, field_find(kind, "name"), OP_EQ, true, &none);
    apply(SORT_FORGET);
}

/* Alone or as a batch, in both tenders and in the team. */
static const char *const forms[] = {
    "set OURS price=%u",
    "set RIV price=%u..999",
    "set T-1 title=title-%u",
    "set T-2 title=title-%u",
    "set NIGHT size=%u",
    "add party code=P%u sort=segment size=5",
    "add need code=Q%u sort=job",
    "add need tender=OTHER code=Q%u sort=job",
    "add note on=OURS text=%u",
    "add factor name=F%u",
    "add factor name=G%u tender=OTHER",
    "set N-1 name=%u",
    "set C-2 weight=%u",
    "del Q%u parts=yes",
    "del P%u parts=yes",
    "del N-%u parts=yes",
    "del OURS parts=yes",
    "add bid code=OURS party=WE ours=yes price=%u",
    "add mark bid=RIV criterion=C-2 value=0.%u",
    "add cover bid=RIV need=N-2 level=0.%u",
    "add weighs party=NIGHT need=N-2 importance=0.%u",
    "add need code=V%u sort=job\nset RIV price=7\nset OURS price=5",
    "add need as=$n code=V%u sort=job\nadd note on=$n text=x",
    "set RIV price=7\nset NOBODY price=%u",
};

/* What is not there, or is refused, changes nothing. */
static void try_form(unsigned *state)
{
    const char *form = forms[next(state, sizeof forms / sizeof *forms)];
    struct text lines = {0};
    const char *hole = strstr(form, "%u");

    text_add(&lines, form, hole ? (size_t)(hole - form) : strlen(form));
    if (hole)
        text_printf(&lines, "%u%s", 1 + next(state, 30), hole + 2);
    kit_open(&kit);
    for (const char *line = text_peek(&lines); *line;) {
        size_t len = strcspn(line, "\n");
        char *one = mem_copy(line, len);
        char *target = strchr(one, ' ') + 1;
        size_t end = strcspn(target, " ");
        char *word = mem_copy(target, end);
        bool adds = strncmp(one, "add", 3) == 0;

        if (adds || kit_kind(&kit, word) != KIND_NONE)
            kit_queue(&kit, &kit.set, one);
        free(word);
        free(one);
        line += len + (line[len] == '\n');
    }
    kit.set.batch = kit.set.n > 1;
    if (kit.set.n)
        apply(SORT_FORM);
    text_fini(&lines);
}

static void change_something(unsigned *state)
{
    uint64_t head;

    ck_assert_int_eq(store_head(kit.store, kit.team, &head), ERR_OK);
    switch (next(state, 12)) {
    case 0:
        try_undo(state, 0);
        break;
    case 1:
        try_undo(state, head - next(state, 9));
        break;
    case 2:
        try_forget(state);
        break;
    default:
        try_form(state);
    }
}

START_TEST(a_record_that_follows_is_the_one_read_anew)
{
    struct record *bases[BASES];
    uint64_t since[BASES];
    unsigned state = 11 + (unsigned)_i;

    for (size_t i = 0; i < BASES; i++)
        bases[i] = read_tender(1 + i % 2, &since[i]);
    for (int turn = 0; turn < 1000; turn++) {
        change_something(&state);
        size_t i = next(&state, BASES);
        if (i == 0 || next(&state, 20) == 0)
            follow(&bases[i], &since[i]);
    }
    for (size_t i = 0; i < BASES; i++) {
        follow(&bases[i], &since[i]);
        record_free(&bases[i]);
    }
    for (size_t sort = 0; sort < SORT_COUNT; sort++)
        ck_assert_msg(done[sort] >= 20, "sort %zu: %zu", sort, done[sort]);
}
END_TEST

START_TEST(what_figures_do_not_need_makes_no_other_record)
{
    struct viewer viewer = kit_viewer(&kit);
    uint64_t since;
    struct record *base = read_tender(1, &since);
    struct record *made = NULL;

    kit_do(&kit, "add note on=OURS text=x");
    kit_do(&kit, "add need tender=OTHER code=Q sort=job");
    ck_assert_int_eq(
        store_record_since(kit.store, &viewer, base, since, &made), ERR_OK);
    ck_assert_ptr_null(made);
    kit_do(&kit, "set OURS price=521");
    ck_assert_int_eq(
        store_record_since(kit.store, &viewer, base, since, &made), ERR_OK);
    ck_assert_ptr_nonnull(made);
    ck_assert_ptr_eq(made->list[KIND_NEED], base->list[KIND_NEED]);
    ck_assert_ptr_eq(made->list[KIND_BID][1], base->list[KIND_BID][1]);
    ck_assert_ptr_ne(made->list[KIND_BID][0], base->list[KIND_BID][0]);
    record_free(&made);
    record_free(&base);
}
END_TEST

START_TEST(a_hidden_tender_has_no_record)
{
    uint64_t since;
    struct record *base = read_tender(1, &since);
    struct viewer sue = {.team = kit.team, .user = "sue", .role = ROLE_SCORER};
    struct record *made = NULL;

    kit_do(&kit, "set T-1 members=ann");
    ck_assert_int_eq(
        store_record_since(kit.store, &sue, base, since, &made), ERR_NONE);
    follow(&base, &since);
    kit_do(&kit, "set T-1 members=\"\"");
    ck_assert_int_eq(
        store_record_since(kit.store, &sue, base, since, &made), ERR_OK);
    record_free(&made);
    kit_do(&kit, "del T-1 parts=yes");
    follow(&base, &since);
    record_free(&base);
}
END_TEST

START_TEST(where_the_journal_is_cut_all_is_read)
{
    struct viewer viewer = kit_viewer(&kit);
    uint64_t since;
    struct record *base = read_tender(1, &since);
    struct record *made = NULL;
    bool more;

    kit_do(&kit, "set OURS price=521");
    kit_do(&kit, "add need tender=OTHER code=Q sort=job");
    kit_do(&kit, "add note on=OURS text=x");
    ck_assert_int_eq(store_begin(kit.store), ERR_OK);
    ck_assert_int_eq(store_cut(kit.store, INT64_MAX, 1000, &more), ERR_OK);
    ck_assert_int_eq(store_commit(kit.store), ERR_OK);
    ck_assert_int_eq(
        store_record_since(kit.store, &viewer, base, since, &made), ERR_OK);
    ck_assert_ptr_nonnull(made);
    ck_assert_ptr_ne(made->list[KIND_NEED], base->list[KIND_NEED]);
    record_free(&made);
    follow(&base, &since);
    record_free(&base);
}
END_TEST

START_TEST(where_much_was_touched_all_is_read)
{
    struct viewer viewer = kit_viewer(&kit);
    uint64_t since;
    struct record *base = read_tender(1, &since);
    struct record *made = NULL;
    char line[64];

    kit_open(&kit);
    for (int i = 0; i < 200; i++) {
        snprintf(line, sizeof line, "add need code=Q%d sort=job", i);
        kit_queue(&kit, &kit.set, line);
    }
    ck_assert_int_eq(kit_apply(&kit), ERR_OK);
    ck_assert_int_eq(
        store_record_since(kit.store, &viewer, base, since, &made), ERR_OK);
    ck_assert_ptr_ne(made->list[KIND_BID], base->list[KIND_BID]);
    record_free(&made);
    follow(&base, &since);
    record_free(&base);
}
END_TEST

/* Records on their way from the thread that reads to one that computes. */
struct passing {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct record *waiting;
    bool over;
    size_t computed;
};

static struct record *take(struct passing *p)
{
    (void)pthread_mutex_lock(&p->lock);
    while (p->waiting == NULL && !p->over)
        (void)pthread_cond_wait(&p->changed, &p->lock);
    struct record *record = p->waiting;
    p->waiting = NULL;
    (void)pthread_cond_signal(&p->changed);
    (void)pthread_mutex_unlock(&p->lock);
    return record;
}

static void pass(struct passing *p, struct record *record)
{
    (void)pthread_mutex_lock(&p->lock);
    while (p->waiting)
        (void)pthread_cond_wait(&p->changed, &p->lock);
    p->waiting = record;
    p->over = record == NULL;
    (void)pthread_cond_signal(&p->changed);
    (void)pthread_mutex_unlock(&p->lock);
}

static void *compute(void *context)
{
    struct passing *p = context;
    const char *const words[] = {"T-1.title=other"};

    for (struct record *r = take(p); r; r = take(p)) {
        struct fault fault = {0};
        struct record *with = NULL;
        struct tender_model *model = NULL;

        if (record_with(r, words, 1, &with, &fault) == ERR_OK) {
            tender_model_new(with, 0, &model);
            p->computed += model->model.bids_n > 0;
            tender_model_free(&model);
        }
        record_with_free(r, &with);
        record_free(&r);
    }
    return NULL;
}

START_TEST(whoever_computes_on_an_earlier_record_is_not_disturbed)
{
    struct passing passing = {
        .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    struct viewer viewer = kit_viewer(&kit);
    pthread_t thread;
    uint64_t since;
    struct record *base = read_tender(1, &since);
    char line[64];

    ck_assert_int_eq(pthread_create(&thread, NULL, compute, &passing), 0);
    for (int i = 0; i < 300; i++) {
        struct record *made = NULL;

        snprintf(line, sizeof line, "set %s price=%d", i % 2 ? "OURS" : "RIV",
            1000 + i);
        kit_do(&kit, line);
        ck_assert_int_eq(
            store_record_since(kit.store, &viewer, base, since, &made), ERR_OK);
        ck_assert_ptr_nonnull(made);
        since = made->seq;
        pass(&passing, base);
        base = made;
    }
    pass(&passing, NULL);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_uint_eq(passing.computed, 300);
    record_free(&base);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("db/record_since");
    TCase *tcase = kit_case(suite, "since", set_up, tear_down);

    tcase_add_loop_test(
        tcase, a_record_that_follows_is_the_one_read_anew, 0, 4);
    tcase_add_test(tcase, what_figures_do_not_need_makes_no_other_record);
    tcase_add_test(tcase, a_hidden_tender_has_no_record);
    tcase_add_test(tcase, where_the_journal_is_cut_all_is_read);
    tcase_add_test(tcase, where_much_was_touched_all_is_read);
    tcase_add_test(
        tcase, whoever_computes_on_an_earlier_record_is_not_disturbed);
    return kit_run(suite);
}
