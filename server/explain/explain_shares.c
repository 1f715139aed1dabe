/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_shares.c - what each element of our offer brings to either side: lost
 * without it, added by it alone, and its Shapley value over all sets.
 */
#include "protocol/base_mem.h"
#include "server/explain/explain.h"
#include "server/figure/chance.h"
#include "value/award/award.h"
#include "value/front/subset.h"
#include "value/users/users.h"

#include <stdlib.h>

/* Elements of which all sets are listed. */
#define ELEMENTS 6

/* What each set of the elements of in= is worth; a set that may not be offered
 * is worth what the model tells of it all the same. */
struct sets {
    struct figures *f;
    struct subsets subsets;
    uint32_t whole;
    size_t n;                /* elements of it */
    int64_t *points, *users; /* by set; MODEL_ABSENT unknown */
};

static void measure(struct sets *x, const struct model *model, uint32_t set)
{
    struct award_result *a = NULL;
    struct users_result *u = NULL;

    x->points[set] = x->users[set] = MODEL_ABSENT;
    if (award_compute_offer(model, set, &a) == ERR_OK)
        x->points[set] = a->bids[a->ours].points == MODEL_ABSENT
                             ? 0
                             : a->bids[a->ours].points;
    if (users_compute_offer(model, set, &u) == ERR_OK)
        x->users[set] = u->bids[model->ours].mean;
    award_free(&a);
    users_free(&u);
}

static void row_set(struct sets *x, uint32_t set)
{
    struct reply *r = figures_row(x->f, "set");
    struct text names = {0};

    for (size_t i = 0; i < x->subsets.n; i++) {
        if (!(set >> i & 1))
            continue;
        if (names.len)
            text_putc(&names, ',');
        object_name(&names, x->f->made->elements[x->subsets.element[i]]);
    }
    reply_word(r, "set", names.len ? names.bytes : "none");
    figures_micro(r, "points", x->points[set]);
    figures_micro(r, "users", x->users[set]);
    reply_end(r);
    text_fini(&names);
}

static unsigned long factorial(size_t n)
{
    return n < 2 ? 1 : n * factorial(n - 1);
}

static bool sub_of(uint32_t set, uint32_t whole)
{
    return (set & whole) == set;
}

/* Over the sets without it, what it adds, by how many orders lead there. */
static void put_shapley(
    const struct sets *x, const int64_t *v, uint32_t bit, struct text *to)
{
    for (uint32_t set = 0; set <= x->whole; set++) {
        size_t size = (size_t)__builtin_popcount(set);

        if (!sub_of(set, x->whole) || (set & bit))
            continue;
        text_printf(to, "%s%lu x (%s - %s)", to->len ? " + " : "",
            factorial(size) * factorial(x->n - size - 1),
            explain_micro(v[set | bit]).text, explain_micro(v[set]).text);
    }
}

/* Rounded only at the end, as are the figures of the award. */
static int64_t shapley(const struct sets *x, const int64_t *v, uint32_t bit)
{
    double sum = 0.0;

    for (uint32_t set = 0; set <= x->whole; set++) {
        size_t size = (size_t)__builtin_popcount(set);

        if (sub_of(set, x->whole) && !(set & bit))
            sum += (double)(factorial(size) * factorial(x->n - size - 1)) *
                   (double)(v[set | bit] - v[set]);
    }
    return (int64_t)__builtin_floor(sum / (double)factorial(x->n) + 0.5);
}

static bool is_known(const struct sets *x, const int64_t *v)
{
    for (uint32_t set = 0; set <= x->whole; set++)
        if (sub_of(set, x->whole) && v[set] == MODEL_ABSENT)
            return false;
    return true;
}

static void say_element(const struct sets *x, const int64_t *v, uint32_t bit)
{
    struct text how = {0};
    uint32_t but = x->whole & ~bit;

    explain_say(x->f, "lost = of all - of all but it = %s - %s = %s",
        explain_micro(v[x->whole]).text, explain_micro(v[but]).text,
        explain_micro(v[x->whole] - v[but]).text);
    explain_say(x->f, "alone = of it - of none = %s - %s = %s",
        explain_micro(v[bit]).text, explain_micro(v[0]).text,
        explain_micro(v[bit] - v[0]).text);
    put_shapley(x, v, bit, &how);
    explain_say(x->f,
        "share = mean over all orders in which elements may come of what it "
        "adds = (%s) / %lu = %s",
        text_peek(&how), factorial(x->n),
        explain_micro(shapley(x, v, bit)).text);
    text_fini(&how);
}

static void say_all(struct sets *x, const char *over)
{
    for (size_t i = 0; i < x->subsets.n; i++) {
        const struct object *o = x->f->made->elements[x->subsets.element[i]];
        uint32_t bit = UINT32_C(1) << i;
        struct text name = {0};

        if (!(x->whole & bit) ||
            (over != NULL && explain_find(&o, 1, over) == MODEL_NOWHERE))
            continue;
        object_name(&name, o);
        if (is_known(x, x->points)) {
            explain_say(x->f, "points that %s brings:", text_peek(&name));
            say_element(x, x->points, bit);
        }
        if (is_known(x, x->users)) {
            explain_say(
                x->f, "value to users that %s brings:", text_peek(&name));
            say_element(x, x->users, bit);
        }
        text_fini(&name);
    }
}

enum err explain_shares(struct chance *chance)
{
    struct figures *f = chance->figures;
    struct model model = f->made->model;
    struct sets x = {.f = f, .whole = chance->set};

    model.elements = chance->before.elements;
    subsets_init(&x.subsets, &chance->before);
    x.n = (size_t)__builtin_popcount(x.whole);
    if (x.n == 0 || x.n > ELEMENTS)
        return fault_set(f->fault, ERR_ARG, "in", x.n ? "more" : "nothing",
            "one to six elements of the offer");
    x.points = mem_new(((size_t)x.whole + 1) * sizeof *x.points);
    x.users = mem_new(((size_t)x.whole + 1) * sizeof *x.users);
    explain_say(f, "points of ours and its value to users with each set of the "
                   "elements:");
    for (uint32_t set = 0; set <= x.whole; set++) {
        if (!sub_of(set, x.whole))
            continue;
        measure(&x, &model, set);
        row_set(&x, set);
    }
    say_all(&x, request_key(f->request, "over"));
    free(x.points);
    free(x.users);
    return ERR_OK;
}
