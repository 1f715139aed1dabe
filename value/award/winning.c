/* SPDX-License-Identifier: Apache-2.0
 *
 * winning.c - spans of prices settled by bounds, and halved where they are not.
 */
#include "value/award/winning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/base_mem.h"
#include "value/award/score.h"
#include "value/award/winning_inside.h"

/* So few prices are settled one by one. */
#define POINTS 4

enum standing { BEATEN, AHEAD, FALLING, RISING, UNKNOWN };

/* Spans as they are found. */
struct found {
    struct winning_span *list;
    size_t n, room;
};

/* Prices that are not settled, and the rivals who may beat us there. */
struct piece {
    struct winning_span span;
    size_t *rivals;
    size_t n;
};

/* The widest come first, or nearly so: what is left when time is up is small. */
struct queue {
    struct piece *pieces;
    size_t first, n, room;
    struct found wins;
};

static void keep(struct found *found, struct winning_span span)
{
    found->list =
        mem_grow(found->list, &found->room, found->n + 1, sizeof *found->list);
    found->list[found->n++] = span;
}

static void put(
    struct queue *q, int64_t low, int64_t high, const size_t *rivals, size_t n)
{
    q->pieces = mem_grow(q->pieces, &q->room, q->n + 1, sizeof *q->pieces);
    struct piece *piece = &q->pieces[q->n++];
    *piece = (struct piece){.span = {low, high}, .n = n};
    piece->rivals = mem_new((n + 1) * sizeof *piece->rivals);
    if (n > 0)
        memcpy(piece->rivals, rivals, n * sizeof *rivals);
}

static bool beats_at(struct winning_search *s, size_t rival, int64_t micro)
{
    s->work -= s->exact_work;
    score_look_at(s->score, micro);
    return score_beats(s->score, rival);
}

/* Leaves of a span, of which one end wins against a rival and the other does
 * not, what wins. */
static void halve(
    struct winning_search *s, size_t rival, bool falls, struct winning_span *at)
{
    int64_t wins = falls ? at->low : at->high;
    int64_t loses = falls ? at->high : at->low;

    while (wins - loses > 1 || loses - wins > 1) {
        int64_t middle = wins + (loses - wins) / 2;
        if (beats_at(s, rival, middle))
            wins = middle;
        else
            loses = middle;
    }
    if (falls)
        at->high = wins;
    else
        at->low = wins;
}

/* The same of any span on which our lead over a rival only falls or only
 * rises; false when nothing of it wins. */
static bool clip(
    struct winning_search *s, size_t rival, bool falls, struct winning_span *at)
{
    if (beats_at(s, rival, falls ? at->high : at->low))
        return true;
    if (at->low == at->high || !beats_at(s, rival, falls ? at->low : at->high))
        return false;
    halve(s, rival, falls, at);
    return true;
}

/* Where totals are level and the lower price decides, a lead that does not
 * fall could still be lost at the rival's price. */
static bool may_turn(
    const struct winning_search *s, size_t rival, struct winning_span span)
{
    int64_t price = s->micro[rival];

    return s->score->model->tie == TIE_PRICE && price >= span.low &&
           price < span.high;
}

static enum standing stand(
    const struct winning_search *s, size_t rival, struct winning_span span)
{
    struct bounds lead = bounds_add(
        s->total[s->score->model->ours], bounds_negate(s->total[rival]));

    if (lead.low > 0.0)
        return BEATEN;
    if (lead.high < 0.0)
        return AHEAD;
    if (lead.rise <= 0.0)
        return FALLING;
    return lead.fall >= 0.0 && !may_turn(s, rival, span) ? RISING : UNKNOWN;
}

/* Keeps the rivals of whom it is not clear that we beat them; of these, who
 * is below another all over the span need not be looked at.  False when one
 * beats us all over it. */
static bool find_rivals(struct winning_search *s, struct winning_span span,
    const size_t *rivals, size_t *n, size_t *kept)
{
    double most = -INFINITY;
    size_t left = 0;
    size_t last = 0;

    for (size_t i = 0; i < *n; i++) {
        enum standing standing = stand(s, rivals[i], span);
        if (standing == AHEAD)
            return false;
        if (standing == BEATEN)
            continue;
        most = fmax(most, s->total[rivals[i]].low);
        kept[left++] = rivals[i];
    }
    for (size_t i = 0; i < left; i++) {
        if (s->total[kept[i]].high >= most)
            kept[last++] = kept[i];
    }
    *n = last;
    return true;
}

/* Takes what is lost to rivals over whom our lead moves one way off the span;
 * the others stay in the list.  False when nothing is left. */
static bool clip_all(struct winning_search *s, struct winning_span *span,
    size_t *kept, size_t *n)
{
    size_t left = 0;
    struct winning_span whole = *span;

    for (size_t i = 0; i < *n; i++) {
        enum standing standing = stand(s, kept[i], whole);
        if (standing == UNKNOWN)
            kept[left++] = kept[i];
        else if (!clip(s, kept[i], standing == FALLING, span))
            return false;
    }
    *n = left;
    return true;
}

/* Price by price. */
static void look_at_points(struct winning_search *s, struct queue *q,
    struct winning_span span, const size_t *rivals, size_t n)
{
    for (int64_t at = span.low; at <= span.high; at++) {
        size_t i = 0;
        while (i < n && beats_at(s, rivals[i], at))
            i++;
        if (i == n)
            keep(&q->wins, (struct winning_span){at, at});
    }
}

/* Where to cut: in the middle, of far ends in that of their logarithms. */
static int64_t middle_of(struct winning_span span)
{
    int64_t middle = span.low + (span.high - span.low) / 2;

    if (span.high / 8 > span.low)
        middle = (int64_t)sqrt((double)span.low * (double)span.high);
    return middle < span.low ? span.low : middle;
}

/* Settles a piece, or puts its halves behind all others. */
static void settle(struct winning_search *s, struct queue *q, struct piece *at)
{
    struct winning_span span = at->span;
    size_t n = at->n;
    size_t *kept = mem_new((n + 1) * sizeof *kept);

    winning_look_over(s, span, at->rivals, n);
    if (find_rivals(s, span, at->rivals, &n, kept) &&
        clip_all(s, &span, kept, &n)) {
        int64_t middle = middle_of(span);
        if (n == 0) {
            keep(&q->wins, span);
        } else if (span.high - span.low < POINTS) {
            look_at_points(s, q, span, kept, n);
        } else {
            put(q, span.low, middle, kept, n);
            put(q, middle + 1, span.high, kept, n);
        }
    }
    free(kept);
}

static int compare_micro(const void *one, const void *other)
{
    const int64_t *a = one;
    const int64_t *b = other;

    return (*a > *b) - (*a < *b);
}

/* Each piece between prices at which something bends, and these themselves. */
static void put_pieces(
    struct winning_search *s, struct queue *q, const size_t *rivals, size_t n)
{
    struct winning_span all = s->made->all;
    int64_t cuts[WINNING_CUTS];
    size_t cuts_n = winning_cuts(s, cuts);
    int64_t from = all.low;

    qsort(cuts, cuts_n, sizeof *cuts, compare_micro);
    for (size_t i = 0; i < cuts_n; i++) {
        if (cuts[i] < from || cuts[i] > all.high)
            continue;
        if (cuts[i] > from)
            put(q, from, cuts[i] - 1, rivals, n);
        put(q, cuts[i], cuts[i], rivals, n);
        from = cuts[i] + 1;
    }
    if (from <= all.high)
        put(q, from, all.high, rivals, n);
}

static int compare_spans(const void *one, const void *other)
{
    const struct winning_span *a = one;
    const struct winning_span *b = other;

    return (a->low > b->low) - (a->low < b->low);
}

/* Puts spans in order and joins those that meet; gives how many are left. */
static size_t join(struct winning_span *list, size_t n)
{
    size_t last = 0;

    if (n == 0)
        return 0;
    qsort(list, n, sizeof *list, compare_spans);
    for (size_t i = 1; i < n; i++) {
        if (list[last].high + 1 == list[i].low)
            list[last].high = list[i].high;
        else
            list[++last] = list[i];
    }
    return last + 1;
}

/* Of more spans than can be told, all prices above are not settled. */
static void cut_off(struct winning *made, int64_t from)
{
    while (made->spans_n > 0 && made->spans[made->spans_n - 1].low >= from)
        made->spans_n--;
    while (made->open_n > 0 && made->open[made->open_n - 1].low >= from)
        made->open_n--;
    made->open[made->open_n++] = (struct winning_span){from, made->all.high};
}

static void tell(struct queue *q, struct winning *made)
{
    struct found open = {0};

    for (size_t i = q->first; i < q->n; i++)
        keep(&open, q->pieces[i].span);
    /* One more, for what is cut off. */
    keep(&open, made->all);
    made->open = open.list;
    made->open_n = join(open.list, open.n - 1);
    made->spans = q->wins.list;
    made->spans_n = join(q->wins.list, q->wins.n);
    if (made->spans != NULL && made->spans_n > WINNING_SPANS)
        cut_off(made, made->spans[WINNING_SPANS].low);
    if (made->open_n > WINNING_SPANS)
        cut_off(made, made->open[WINNING_SPANS].low);
}

static void settle_all(struct score *score, struct winning *winning)
{
    struct winning_search s;
    struct queue q = {0};
    size_t n = 0;

    winning_search_init(&s, score, winning);
    size_t *rivals = mem_new((s.bids_n + 1) * sizeof *rivals);
    for (size_t b = 0; b < s.bids_n; b++) {
        if (b != score->model->ours && score->admitted[b])
            rivals[n++] = b;
    }
    put_pieces(&s, &q, rivals, n);
    for (s.work = WINNING_WORK; q.first < q.n && s.work > 0;) {
        struct piece at = q.pieces[q.first++];
        settle(&s, &q, &at);
        free(at.rivals);
    }
    tell(&q, winning);
    for (size_t i = q.first; i < q.n; i++)
        free(q.pieces[i].rivals);
    free(q.pieces);
    free(rivals);
    winning_search_fini(&s);
}

/* The prices up to one that halving finds, where they are such. */
static void find_named(struct score *score, struct winning *winning)
{
    struct winning_span span = winning->all;

    switch (score_to_win(score, &span.high)) {
    case TO_WIN_NONE:
    case TO_WIN_UNSURE:
        return;
    case TO_WIN_AT:
    case TO_WIN_ANY:
        winning->spans = mem_new(sizeof *winning->spans);
        winning->spans[winning->spans_n++] = span;
    }
}

void winning_find(struct score *score, struct winning *winning)
{
    const struct model *m = score->model;
    size_t ours = m->ours;
    mpq_t price;

    *winning = (struct winning){
        .all = {score_lowest_micro(m), DECIMAL_LIMIT * MICRO_ONE}};
    if (!score->admitted[ours])
        return;
    if (!score_is_expression(m)) {
        find_named(score, winning);
        return;
    }
    mpq_init(price);
    mpq_set(price, score->price[ours]);
    settle_all(score, winning);
    mpq_set(score->price[ours], price);
    score_total(score);
    mpq_clear(price);
}

void winning_fini(struct winning *winning)
{
    free(winning->spans);
    free(winning->open);
    *winning = (struct winning){0};
}

enum to_win winning_to_win(const struct winning *winning, int64_t *micro)
{
    int64_t highest =
        winning->spans_n > 0 ? winning->spans[winning->spans_n - 1].high : -1;

    if (winning->open_n > 0 && winning->open[winning->open_n - 1].low > highest)
        return TO_WIN_UNSURE;
    if (highest < 0)
        return TO_WIN_NONE;
    if (highest == winning->all.high)
        return TO_WIN_ANY;
    *micro = highest;
    return TO_WIN_AT;
}

enum to_win winning_below(
    const struct winning *winning, int64_t micro, int64_t *best)
{
    int64_t found = -1;
    int64_t unknown = -1;

    for (size_t i = 0; i < winning->spans_n; i++) {
        struct winning_span span = winning->spans[i];
        if (span.low <= micro)
            found = span.high;
    }
    if (found == winning->all.high)
        return TO_WIN_ANY;
    if (found >= micro) {
        *best = found;
        return TO_WIN_AT;
    }
    for (size_t i = 0; i < winning->open_n; i++) {
        if (winning->open[i].low <= micro)
            unknown = winning->open[i].high;
    }
    if (unknown > found)
        return TO_WIN_UNSURE;
    if (found < 0)
        return TO_WIN_NONE;
    *best = found;
    return TO_WIN_AT;
}

/* Keeps of two prices the one nearer to ours, the lower where both are. */
static void take_near(int64_t micro, int64_t price, int64_t *near)
{
    if (*near < 0 || llabs(price - micro) < llabs(*near - micro))
        *near = price;
}

bool winning_nearest(
    const struct winning *winning, int64_t micro, int64_t *near)
{
    int64_t found = -1;
    bool wins = winning_at(winning, micro);

    for (size_t i = 0; i < winning->spans_n; i++) {
        struct winning_span span = winning->spans[i];
        bool ours = span.low <= micro && micro <= span.high;
        if (ours != wins)
            continue;
        if (ours ? span.low > winning->all.low : micro < span.low)
            take_near(micro, span.low, &found);
        if (ours ? span.high < winning->all.high : micro > span.high)
            take_near(micro, span.high, &found);
    }
    for (size_t i = 0; i < winning->open_n && found >= 0; i++) {
        struct winning_span open = winning->open[i];
        int64_t far = open.low > micro    ? open.low - micro
                      : open.high < micro ? micro - open.high
                                          : 0;
        if (far < llabs(found - micro))
            return false;
    }
    if (found >= 0)
        *near = found;
    return found >= 0;
}

bool winning_at(const struct winning *winning, int64_t micro)
{
    size_t low = 0;
    size_t high = winning->spans_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (winning->spans[middle].high < micro)
            low = middle + 1;
        else
            high = middle;
    }
    return low < winning->spans_n && winning->spans[low].low <= micro;
}
