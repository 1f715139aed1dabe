/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_agree.c - how far points and users rank bids, or elements, alike.
 */
#include "server/explain/explain_aid.h"
#include "server/figure/aid.h"
#include "value/award/award.h"
#include "value/front/brings.h"
#include "value/gap/contrast.h"
#include "value/gap/kendall.h"
#include "value/users/users.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* So many of the first few are compared at most. */
enum { FIRST_MOST = 10 };

/* Two lists of what both sides rank, larger is better. */
struct rankings {
    size_t n;
    int64_t *points, *users;
    const struct object **of;
};

static void rankings_init(struct rankings *k, size_t room)
{
    *k = (struct rankings){.points = mem_new((room + 1) * sizeof *k->points),
        .users = mem_new((room + 1) * sizeof *k->users),
        .of = mem_new((room + 1) * sizeof(const struct object *))};
}

static void rankings_fini(struct rankings *k)
{
    free(k->points);
    free(k->users);
    free(k->of);
}

/* The place when the largest comes first, of level ones the first. */
static size_t place_in(const int64_t *list, size_t n, size_t at)
{
    size_t place = aid_place(list, n, at);

    for (size_t i = 0; i < at; i++)
        place += list[i] == list[at];
    return place;
}

static void rows_ranks(
    struct figures *f, const char *key, const struct rankings *k)
{
    for (size_t i = 0; i < k->n; i++) {
        struct reply *r = figures_row(f, "part");

        figures_name(r, key, k->of[i]);
        reply_int(r, "rank", (int64_t)aid_place(k->points, k->n, i));
        reply_micro(r, "users", k->users[i]);
        reply_int(r, "users-rank", (int64_t)aid_place(k->users, k->n, i));
        reply_end(r);
    }
}

struct pairs explain_count_pairs(
    const int64_t *one, const int64_t *other, size_t n)
{
    struct pairs p = {0};

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            int a = (one[i] > one[j]) - (one[i] < one[j]);
            int b = (other[i] > other[j]) - (other[i] < other[j]);
            p.all++;
            p.same += a * b > 0;
            p.opposite += a * b < 0;
            p.level_one += a == 0;
            p.level_other += b == 0;
        }
    return p;
}

static void say_tau(struct figures *f, const struct rankings *k)
{
    const struct pairs p = explain_count_pairs(k->points, k->users, k->n);
    int64_t tau = MODEL_ABSENT;

    if (!kendall_tau(k->points, k->users, k->n, &tau)) {
        explain_say(f, "there is none: fewer than two to rank, or all level");
        return;
    }
    explain_say(f,
        "tau = (pairs in the same order - pairs in the opposite one) / root of "
        "(pairs not level by points x pairs not level for users) = (%ld - %ld) "
        "/ (%ld x %ld) ^ 0.5 = %s",
        p.same, p.opposite, p.all - p.level_one, p.all - p.level_other,
        explain_micro(tau).text);
}

/* How many of the first few of either side are the same. */
static void say_overlap(struct figures *f, const struct rankings *k)
{
    for (size_t first = 1; first < k->n && first <= FIRST_MOST; first++) {
        size_t same = contrast_overlap(k->points, k->users, k->n, first);
        struct text names = {0};

        for (size_t i = 0; i < k->n; i++) {
            if (place_in(k->points, k->n, i) > first)
                continue;
            text_puts(&names, names.len ? ", " : "");
            object_name(&names, k->of[i]);
        }
        explain_say(f,
            "first %zu by points (%s): same = first - those that users place "
            "lower = %zu - %zu = %zu",
            first, text_peek(&names), first, first - same, same);
        text_fini(&names);
    }
}

static int64_t users_of(
    const struct users_result *u, size_t bid, bool captives, size_t segment)
{
    if (segment != MODEL_NOWHERE)
        return u->values[bid * u->segments_n + segment];
    return captives ? u->bids[bid].captives : u->bids[bid].mean;
}

static void say_ranked(
    struct figures *f, const char *key, const struct rankings *k)
{
    rows_ranks(f, key, k);
    say_tau(f, k);
    say_overlap(f, k);
}

static void rank_bids(struct figures *f, const struct award_result *a,
    const struct users_result *u, bool captives, size_t segment)
{
    struct rankings k;

    rankings_init(&k, a->bids_n);
    for (size_t b = 0; b < a->bids_n; b++) {
        int64_t value = users_of(u, b, captives, segment);
        if (a->bids[b].rank == 0 || value == MODEL_ABSENT)
            continue;
        k.points[k.n] = -(int64_t)a->bids[b].rank;
        k.users[k.n] = value;
        k.of[k.n++] = f->made->bids[b];
    }
    say_ranked(f, "bid", &k);
    rankings_fini(&k);
}

/* By what each brings to our lead, and to users. */
static enum err rank_elements(struct figures *f)
{
    struct brings_result *b = NULL;
    struct rankings k;

    if (brings_compute(&f->made->model, &b) != ERR_OK)
        return figures_lack(f, FIGURE_DECIDER);
    rankings_init(&k, b->elements_n);
    for (size_t i = 0; i < b->elements_n; i++) {
        if (b->elements[i].lead == MODEL_ABSENT ||
            b->elements[i].users == MODEL_ABSENT)
            continue;
        k.points[k.n] = b->elements[i].lead;
        k.users[k.n] = b->elements[i].users;
        k.of[k.n++] = f->made->elements[b->elements[i].element];
    }
    say_ranked(f, "element", &k);
    explain_say(f, "what each brings: explain TENDER element in=...");
    rankings_fini(&k);
    brings_free(&b);
    return ERR_OK;
}

/* Over the mean, captives, or a segment that segment= or over= names. */
static enum err find_users(struct figures *f, bool *captives, size_t *segment)
{
    const char *over = request_key(f->request, "over");
    const struct object *const *list = f->made->segments;
    size_t n = f->made->model.segments_n;

    *segment = MODEL_NOWHERE;
    *captives = over != NULL && strcmp(over, "captives") == 0;
    if (f->segment != NULL)
        return explain_find_key(f, "segment", f->segment, list, n, segment);
    if (over == NULL || *captives || strcmp(over, "mean") == 0 ||
        strcmp(over, "bids") == 0)
        return ERR_OK;
    *segment = explain_find(list, n, over);
    if (*segment != MODEL_NOWHERE)
        return ERR_OK;
    return fault_set(f->fault, ERR_ARG, "over", over,
        "mean, captives, elements or a segment");
}

enum err explain_tau(struct figures *f)
{
    const char *over = request_key(f->request, "over");
    struct award_result *a = NULL;
    struct users_result *u = NULL;
    bool captives;
    size_t segment;

    if (over != NULL && strcmp(over, "elements") == 0)
        return rank_elements(f);
    enum err err = find_users(f, &captives, &segment);
    if (err != ERR_OK)
        return err;
    if (award_compute(&f->made->model, &a) != ERR_OK)
        err = figures_lack(f, FIGURE_DECIDER);
    else if (users_compute(&f->made->model, &u) != ERR_OK)
        err = figures_lack(f, FIGURE_USERS);
    else
        rank_bids(f, a, u, captives, segment);
    award_free(&a);
    users_free(&u);
    return err;
}
