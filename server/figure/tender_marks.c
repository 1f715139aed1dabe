/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_marks.c - from the marks of several people to the one that counts.
 */
#include "server/figure/tender_maker.h"

#include "protocol/base_mem.h"
#include "value/formula.h"

#include <stdlib.h>
#include <string.h>

/* Marks of one bid on one criterion: each author's newest; a moderated mark
 * stands for all of them. */
struct marks_cell {
    const struct object **list;
    size_t n, room;
    int64_t moderated; /* MODEL_ABSENT: it was not */
    uint64_t moderated_rev;
};

static void add_mark(struct marks_cell *cell, const struct object *mark)
{
    const struct datum *moderated = VALUE(mark, MARK, MODERATED);

    if (moderated->set && mark->rev > cell->moderated_rev) {
        cell->moderated = moderated->number;
        cell->moderated_rev = mark->rev;
    }
    for (size_t i = 0; i < cell->n; i++) {
        if (strcmp(cell->list[i]->author, mark->author) != 0)
            continue;
        if (mark->rev > cell->list[i]->rev)
            cell->list[i] = mark;
        return;
    }
    cell->list =
        mem_grow(cell->list, &cell->room, cell->n + 1, sizeof *cell->list);
    cell->list[cell->n++] = mark;
}

/* A sum of marks by their n-th parts, which no number of them overflows. */
struct mean {
    int64_t parts, rest;
};

static void add_to_mean(struct mean *mean, int64_t mark, size_t n)
{
    mean->parts += mark / (int64_t)n;
    mean->rest += mark % (int64_t)n;
}

/* Half up at the fourth decimal, which is what a recorded mark can hold. */
static int64_t mean_of(const struct mean *mean, size_t n)
{
    int64_t count = (int64_t)n;

    return mean->parts + (mean->rest * 2 + count) / (count * 2);
}

static struct estimate exact(int64_t value)
{
    return (struct estimate){value, value, value};
}

/* A grade that the scale does not have is below every scale, which is told
 * as missing. */
static struct estimate value_of(
    const struct maker *m, size_t criterion, const struct object *mark)
{
    const struct datum *grade = VALUE(mark, MARK, GRADE);
    int64_t value = -DECIMAL_ONE;

    if (!grade->set)
        return maker_estimate(VALUE(mark, MARK, VALUE));
    (void)maker_grade(m, criterion, grade->text, &value);
    return exact(value);
}

/* The mean of all; a grade that nobody knows spoils it. */
static struct estimate cell_mark(
    const struct maker *m, size_t criterion, const struct marks_cell *cell)
{
    struct mean low = {0}, likely = {0}, high = {0};

    if (cell->moderated_rev)
        return exact(cell->moderated);
    if (cell->n == 0)
        return exact(MODEL_ABSENT);
    for (size_t i = 0; i < cell->n; i++) {
        struct estimate e = value_of(m, criterion, cell->list[i]);

        if (e.low < 0)
            return exact(-DECIMAL_ONE);
        add_to_mean(&low, e.low, cell->n);
        add_to_mean(&likely, e.likely, cell->n);
        add_to_mean(&high, e.high, cell->n);
    }
    return (struct estimate){mean_of(&low, cell->n), mean_of(&likely, cell->n),
        mean_of(&high, cell->n)};
}

static void tell_panel(struct maker *m, size_t cell_at, int64_t round,
    const struct marks_cell *cell)
{
    size_t criteria_n = m->made->model.criteria_n;
    struct tender_panel *panel = &m->made->panels[m->made->panels_n];
    int64_t *marks = maker_room(m, cell->n, sizeof *marks);

    *panel = (struct tender_panel){.bid = cell_at / criteria_n,
        .criterion = cell_at % criteria_n,
        .round = round,
        .n = cell->n,
        .values = marks,
        .moderated = cell->moderated_rev ? cell->moderated * INT64_C(100)
                                         : MODEL_ABSENT};
    for (size_t i = 0; i < cell->n; i++)
        marks[i] = value_of(m, cell_at % criteria_n, cell->list[i]).likely;
    formula_spread(
        marks, cell->n, &panel->mean, &panel->deviation, &panel->range);
    m->made->panels_n++;
}

static bool is_panel(const struct marks_cell *cell)
{
    return cell->n > 1 || (cell->n > 0 && cell->moderated_rev > 0);
}

static int64_t round_of(const struct object *mark)
{
    const struct datum *round = VALUE(mark, MARK, ROUND);

    return round->set ? round->number : 0;
}

/* A mark of a round, with what places it. */
struct placed {
    size_t cell;
    int64_t round;
    const struct object *mark;
};

static int compare_placed(const void *one, const void *other)
{
    const struct placed *a = one;
    const struct placed *b = other;

    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    if (a->round != b->round)
        return a->round < b->round ? -1 : 1;
    return (a->mark->rev > b->mark->rev) - (a->mark->rev < b->mark->rev);
}

/* The marks of each round by themselves, each person's newest. */
static void tell_rounds(struct maker *m, struct placed *list, size_t n)
{
    qsort(list, n, sizeof *list, compare_placed);
    for (size_t i = 0; i < n;) {
        struct marks_cell cell = {0};
        size_t first = i;

        for (; i < n && list[i].cell == list[first].cell &&
               list[i].round == list[first].round;
             i++)
            add_mark(&cell, list[i].mark);
        tell_panel(m, list[first].cell, list[first].round, &cell);
        free(cell.list);
    }
}

static void tell_panels(struct maker *m, const struct marks_cell *cells,
    struct placed *list, size_t rounds)
{
    size_t n = m->made->model.bids_n * m->made->model.criteria_n;
    size_t room = rounds;

    for (size_t i = 0; i < n; i++)
        room += is_panel(&cells[i]);
    m->made->panels = maker_room(m, room, sizeof *m->made->panels);
    for (size_t i = 0; i < n; i++) {
        if (is_panel(&cells[i]))
            tell_panel(m, i, 0, &cells[i]);
    }
    tell_rounds(m, list, rounds);
}

void maker_marks(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = model->bids_n * model->criteria_n;
    struct marks_cell *cells = mem_new(n * sizeof *cells);
    struct estimate *marks = maker_room(m, n, sizeof *marks);
    struct placed *list = mem_new((r->n[KIND_MARK] + 1) * sizeof *list);
    size_t rounds = 0;

    for (size_t i = 0; i < r->n[KIND_MARK]; i++) {
        const struct object *o = r->list[KIND_MARK][i];
        size_t bid =
            maker_index(m->made->bids, model->bids_n, VALUE(o, MARK, BID));
        size_t criterion = maker_index(
            m->made->criteria, model->criteria_n, VALUE(o, MARK, CRITERION));

        if (bid == MODEL_NOWHERE || criterion == MODEL_NOWHERE)
            continue;
        size_t cell = bid * model->criteria_n + criterion;
        add_mark(&cells[cell], o);
        if (round_of(o) > 0)
            list[rounds++] = (struct placed){cell, round_of(o), o};
    }
    for (size_t i = 0; i < n; i++)
        marks[i] = cell_mark(m, i % model->criteria_n, &cells[i]);
    tell_panels(m, cells, list, rounds);
    free(list);
    for (size_t i = 0; i < n; i++)
        free(cells[i].list);
    free(cells);
    model->marks = marks;
}
