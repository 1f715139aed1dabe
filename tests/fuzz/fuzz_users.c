/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_users - the computations about users and people: segments with reaches,
 * alternatives, efforts, answers and satisfactions of any numbers that can be
 * recorded are refused or computed by every one of them, and shares are shares.
 *
 * The first eight bytes draw a small tender and what stands around it; each ten
 * that follow put a number into it: two say where, eight what.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_places.h"
#include "value/gap/contrast.h"
#include "value/people/canvas.h"
#include "value/people/distributor.h"
#include "value/people/heads.h"
#include "value/people/likeness.h"
#include "value/people/lowered.h"
#include "value/people/power.h"
#include "value/qualify.h"
#include "value/users/asked.h"
#include "value/users/effort.h"
#include "value/users/users.h"
#include "value/users/worth.h"

#include <stdlib.h>

enum { EFFORTS = 6, ALTERNATIVES = 3, ANSWERS = 8, PEOPLE = 4 };

#define CELLS ((size_t)AT_MOST * AT_MOST)

struct around {
    struct whole w;
    struct model_effort efforts[EFFORTS];
    struct model_alternative alternatives[ALTERNATIVES];
    struct estimate alternative_covers[ALTERNATIVES * AT_MOST];
    struct model_answer answers[ANSWERS];
    int64_t satisfaction[CELLS], targets[CELLS], sales[CELLS];
    int64_t counts[ANSWERS];                 /* of the answers */
    int64_t listens[PEOPLE * PEOPLE];        /* of four people */
    int64_t levels[PEOPLE * PEOPLE];         /* of four players */
    int64_t sizes[PEOPLE], overlaps[PEOPLE]; /* of four groups */
    struct qualify_question questions[PEOPLE];
    int64_t expected;
};

/* What a field takes: others are not recorded. */
static int64_t held(int64_t value, int64_t least, int64_t most)
{
    return value < least || value > most ? MODEL_ABSENT : value;
}

static int64_t known(int64_t value, int64_t least, int64_t most)
{
    value = held(value, least, most);
    return value == MODEL_ABSENT ? least : value;
}

#define LEVEL (10 * ONE)
#define ANY   (DECIMAL_LIMIT * ONE)

static void draw_around(struct around *a, uint64_t *seed)
{
    struct model *m = &a->w.t.model;

    m->alternatives_n = (size_t)draw_from(seed, 0, ALTERNATIVES);
    m->alternatives = a->alternatives;
    m->alternative_covers = a->alternative_covers;
    for (size_t i = 0; i < m->alternatives_n; i++)
        a->alternatives[i] = (struct model_alternative){
            .bid = draw_from(seed, 0, 2)
                       ? MODEL_NOWHERE
                       : (size_t)draw_from(seed, 0, (int64_t)m->bids_n - 1),
            .status_quo = draw_from(seed, 0, 1) == 0};
    for (int i = 0; i < 8 && m->alternatives_n > 0; i++) {
        add_reach(&a->w.t,
            (size_t)draw_from(seed, 0, (int64_t)m->segments_n - 1),
            draw_from(seed, 0, 2) > 0, draw_from(seed, 0, 10) * ONE / 10);
        struct model_reach *r = &a->w.t.reaches[i];
        r->alternative =
            (size_t)draw_from(seed, 0, (int64_t)m->alternatives_n - 1);
        r->urgent = draw_from(seed, 0, 3) == 0;
        r->supplier = draw_from(seed, 0, 1) ? MODEL_NOWHERE
                                            : (size_t)draw_from(seed, 0, 2);
    }
    m->efforts = a->efforts;
    m->efforts_n = m->elements_n ? (size_t)draw_from(seed, 0, EFFORTS) : 0;
    for (size_t i = 0; i < m->efforts_n; i++) {
        a->efforts[i].element =
            (size_t)draw_from(seed, 0, (int64_t)m->elements_n - 1);
        a->efforts[i].segment =
            (size_t)draw_from(seed, 0, (int64_t)m->segments_n - 1);
    }
    m->answers = a->answers;
    m->answers_n = ANSWERS;
    for (size_t i = 0; i < ANSWERS; i++)
        a->answers[i] = (struct model_answer){
            .need = (size_t)draw_from(seed, 0, (int64_t)m->needs_n - 1),
            .segment = draw_from(seed, 0, 3) ? (size_t)draw_from(seed, 0,
                                                   (int64_t)m->segments_n - 1)
                                             : MODEL_NOWHERE,
            .there = (int)draw_from(seed, 0, 4),
            .lacking = (int)draw_from(seed, 0, 4)};
}

static void add_places(struct whole *w, int64_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        add_place(w, &list[i]);
}

static void find_places(struct around *a)
{
    struct whole *w = &a->w;
    struct model *m = &w->t.model;
    size_t cells = m->segments_n * m->needs_n;

    for (size_t i = 0; i < m->efforts_n; i++) {
        add_place(w, &a->efforts[i].minutes);
        add_place(w, &a->efforts[i].times);
        add_place(w, &a->efforts[i].saving);
        add_place(w, &a->efforts[i].reward);
    }
    for (size_t i = 0; i < m->reaches_n; i++) {
        add_place(w, &w->t.reaches[i].share);
        add_place(w, &w->t.reaches[i].hindered);
    }
    for (size_t i = 0; i < m->alternatives_n * m->needs_n; i++)
        add_estimate(w, &a->alternative_covers[i]);
    for (size_t s = 0; s < m->segments_n; s++) {
        add_place(w, &w->t.segments[s].heads);
        add_place(w, &w->t.segments[s].hour_value);
        add_place(w, &w->t.segments[s].full_value);
    }
    for (size_t n = 0; n < m->needs_n; n++)
        add_place(w, &w->t.needs[n].must_threshold);
    add_places(w, w->t.importance, cells);
    add_places(w, a->satisfaction, cells);
    add_places(w, a->targets, cells);
    add_places(w, a->sales, cells);
    add_places(w, a->counts, ANSWERS);
    add_places(w, a->listens, (size_t)PEOPLE * PEOPLE);
    add_places(w, a->levels, (size_t)PEOPLE * PEOPLE);
    add_places(w, a->sizes, PEOPLE);
    add_places(w, a->overlaps, PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++) {
        add_place(w, &a->questions[i].weight);
        add_place(w, &a->questions[i].score);
        add_place(w, &a->questions[i].floor);
    }
    add_place(w, &a->expected);
}

static void put_numbers(struct around *a, const uint8_t *bytes, size_t len)
{
    for (size_t at = 8; at + 10 <= len; at += 10) {
        size_t place = (size_t)(bytes[at] | bytes[at + 1] << 8);
        int64_t value;

        memcpy(&value, bytes + at + 2, sizeof value);
        place %= a->w.places_n + 1;
        if (place < a->w.places_n)
            *a->w.places[place] = within_limits(value);
        else
            for (size_t n = 0; n < a->w.t.model.needs_n; n++)
                a->w.t.needs[n].flexibility = (int)((value >> (3 * n)) & 7) % 5;
    }
}

static void hold_users(struct around *a)
{
    struct tender *t = &a->w.t;
    struct model *m = &t->model;

    for (size_t i = 0; i < m->segments_n * m->needs_n; i++) {
        t->importance[i] = held(t->importance[i], 0, LEVEL);
        a->satisfaction[i] = held(a->satisfaction[i], 0, LEVEL);
        a->targets[i] = held(a->targets[i], 0, LEVEL);
        a->sales[i] = held(a->sales[i], 0, ANY);
    }
    m->satisfaction = a->satisfaction;
    m->targets = a->targets;
    m->sales_points = a->sales;
    for (size_t i = 0; i < m->alternatives_n * m->needs_n; i++) {
        struct estimate *e = &a->alternative_covers[i];
        e->low = held(e->low, 0, ONE);
        e->high = held(e->high, 0, ONE);
        e->likely = held(e->likely, 0, ONE);
        put_in_order(e);
    }
    for (size_t s = 0; s < m->segments_n; s++) {
        t->segments[s].heads = held(t->segments[s].heads, 0, DECIMAL_LIMIT);
        t->segments[s].hour_value = held(t->segments[s].hour_value, 0, ANY);
        t->segments[s].full_value = held(t->segments[s].full_value, 0, ANY);
    }
    for (size_t n = 0; n < m->needs_n; n++)
        t->needs[n].must_threshold = held(t->needs[n].must_threshold, 0, ONE);
}

static void hold_around(struct around *a)
{
    struct tender *t = &a->w.t;
    struct model *m = &t->model;

    for (size_t i = 0; i < m->reaches_n; i++) {
        t->reaches[i].share = held(t->reaches[i].share, 0, ONE);
        t->reaches[i].hindered = known(t->reaches[i].hindered, 0, ONE);
    }
    for (size_t i = 0; i < m->efforts_n; i++) {
        struct model_effort *e = &a->efforts[i];
        e->minutes = known(e->minutes, 0, ANY);
        e->times = known(e->times, 0, ANY);
        e->saving = known(e->saving, 0, ANY);
        e->reward = known(e->reward, 0, ANY);
    }
    for (size_t i = 0; i < ANSWERS; i++)
        a->answers[i].count = (size_t)known(a->counts[i], 0, DECIMAL_LIMIT);
    for (size_t i = 0; i < (size_t)PEOPLE * PEOPLE; i++) {
        a->listens[i] = known(a->listens[i], 0, ONE);
        a->levels[i] = held(a->levels[i], 0, LEVEL);
    }
    for (size_t i = 0; i < PEOPLE; i++) {
        struct qualify_question *q = &a->questions[i];
        a->sizes[i] = held(a->sizes[i], 0, DECIMAL_LIMIT);
        a->overlaps[i] = known(a->overlaps[i], 0, ONE);
        q->weight = known(q->weight, 0, ANY);
        q->score = held(q->score, 0, LEVEL);
        q->floor = held(q->floor, 0, LEVEL);
    }
}

static bool is_share(int64_t value)
{
    return value == MODEL_ABSENT || (value >= 0 && value <= 1000000);
}

static void compute_value(const struct model *m)
{
    struct users_result *users = NULL;
    struct worth_class class;
    int64_t relative = 0;

    if (users_compute(m, &users) != ERR_OK)
        return;
    for (size_t b = 0; b < m->bids_n; b++) {
        INSIST(is_share(users->bids[b].mean) && is_share(users->bids[b].min));
        INSIST(is_share(users->bids[b].captives));
        INSIST(worth_of(m, users, b, &relative) == MODEL_ABSENT ||
               (relative >= 0 && relative <= 1000000));
    }
    for (size_t s = 0; s < m->segments_n; s++) {
        const struct reach_choice *c = &users->segments[s].choice;
        INSIST(c->reachable <= c->recorded);
        INSIST(c->degree == MODEL_ABSENT ||
               (c->degree >= 0 &&
                   c->degree <= (int64_t)c->reachable * 1000000 + 1));
    }
    for (int k = 0; k < WORTH_CLASSES; k++) {
        if (worth_class_of(m, k, &class))
            INSIST(is_share(class.weight) && is_share(class.coverage));
    }
    users_free(&users);
}

static void compute_gains(const struct model *m)
{
    struct advantage_result *gains = NULL;
    struct lowered_result *lowered = NULL;
    struct effort_result *efforts = NULL;

    if (advantage_compute(m, 0, true, &gains) == ERR_OK) {
        for (size_t i = 0; i < gains->rows_n; i++) {
            INSIST(gains->rows[i].net.low <= gains->rows[i].net.high);
            INSIST(is_share(gains->rows[i].gain.high));
            INSIST(is_share(gains->rows[i].loss.high));
        }
        for (size_t i = 0; i < gains->betters_n; i++)
            INSIST(is_share(gains->betters[i].share.low) &&
                   gains->betters[i].share.low <= gains->betters[i].share.high);
    }
    if (lowered_compute(m, true, &lowered) == ERR_OK) {
        for (size_t i = 0; i < lowered->rows_n; i++)
            INSIST(
                lowered->rows[i].net.high < 0 || lowered->rows[i].net.low < 0);
    }
    if (effort_compute(m, 0, 3, &efforts) == ERR_OK) {
        for (size_t s = 0; s < efforts->segments_n; s++)
            INSIST(efforts->segments[s].hours >= 0);
        INSIST(efforts->mean == MODEL_ABSENT || efforts->min <= efforts->mean);
    }
    advantage_free(&gains);
    lowered_free(&lowered);
    effort_free(&efforts);
}

static void compute_asked(const struct model *m)
{
    int64_t needs[AT_MOST], shares[AT_MOST], criteria[AT_MOST];
    struct asked_opportunity opportunity;
    struct asked_kano kano;

    for (size_t s = 0; s < m->segments_n; s++) {
        for (size_t n = 0; n < m->needs_n; n++) {
            if (asked_opportunity(m, s, n, &opportunity))
                INSIST(opportunity.score >= 0 && opportunity.score <= 20000000);
            if (asked_kano(m, s, n, &kano))
                INSIST(kano.better == MODEL_ABSENT || is_share(kano.better));
        }
        if (asked_qfd(m, s, needs, shares, criteria)) {
            for (size_t n = 0; n < m->needs_n; n++)
                INSIST(is_share(shares[n]));
        }
    }
    INSIST(is_share(contrast_fidelity(m, NULL)));
}

static void compute_people(const struct around *a)
{
    const int64_t votes[PEOPLE] = {ONE, a->listens[0], 0, a->listens[5]};
    const bool inside[PEOPLE * PEOPLE] = {
        [1] = true, [6] = a->sizes[1] > a->sizes[2], [11] = true};
    const bool in[PEOPLE] = {true, true, a->overlaps[0] > 0, true};
    struct heads_group groups[PEOPLE];
    struct heads_sum sum;
    struct canvas_result *canvas = NULL;
    int64_t weights[PEOPLE];
    int64_t all = 0;

    power_influence(a->listens, PEOPLE, votes, weights);
    for (size_t i = 0; i < PEOPLE; i++) {
        INSIST(weights[i] >= 0);
        all += weights[i];
        groups[i] = (struct heads_group){a->sizes[i], a->overlaps[i]};
    }
    INSIST(all > 1000000 - 10 && all < 1000000 + 10);
    heads_union(groups, PEOPLE, inside, in, &sum);
    INSIST(sum.least >= 0 && sum.least <= sum.most);
    canvas_compute(a->levels, PEOPLE, PEOPLE, 0, 2 * ONE, &canvas);
    INSIST(canvas->divergence == MODEL_ABSENT ||
           (canvas->divergence >= 0 && canvas->divergence <= 2000000));
    for (size_t i = 0; i < PEOPLE; i++)
        INSIST(is_share(canvas->focuses[i]));
    canvas_free(&canvas);
    (void)distributor_ratio(a->sizes[0], a->sizes[1]);
    INSIST(is_share(likeness_number(known(a->sizes[2], 0, DECIMAL_LIMIT),
        known(a->sizes[3], 0, DECIMAL_LIMIT))));
}

static void compute_verdict(struct around *a)
{
    struct qualify_ask ask = {.questions = a->questions,
        .n = PEOPLE,
        .bid = QUALIFY_BID,
        .maybe = QUALIFY_MAYBE,
        .expected = a->expected};
    struct qualify_result made;

    qualify_judge(&ask, &made);
    INSIST(is_share(made.share));
    for (size_t i = 0; i < PEOPLE; i++) {
        int64_t change = qualify_change(&ask, i);
        INSIST(change == MODEL_ABSENT || (change >= 0 && change <= LEVEL));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct around a;
    uint64_t seed = 0;

    if (len < sizeof seed)
        return 0;
    memset(&a, 0, sizeof a);
    memcpy(&seed, bytes, sizeof seed);
    tender_drawn(&a.w.t, &seed);
    draw_around(&a, &seed);
    find_places(&a);
    put_numbers(&a, bytes, len);
    hold_users(&a);
    hold_around(&a);
    compute_value(&a.w.t.model);
    compute_gains(&a.w.t.model);
    compute_asked(&a.w.t.model);
    compute_people(&a);
    compute_verdict(&a);
    return 0;
}
