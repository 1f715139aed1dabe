/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_marks.c - from the marks of several people to the one that counts.
 */
#include "server/tender_maker.h"

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

static void tell_panel(struct maker *m, size_t bid, size_t criterion,
    const struct marks_cell *cell)
{
    struct tender_panel *panel = &m->made->panels[m->made->panels_n];
    int64_t *marks = mem_new(cell->n * sizeof *marks);

    *panel = (struct tender_panel){.bid = bid,
        .criterion = criterion,
        .n = cell->n,
        .moderated = cell->moderated_rev ? cell->moderated * INT64_C(100)
                                         : MODEL_ABSENT};
    for (size_t i = 0; i < cell->n; i++)
        marks[i] = value_of(m, criterion, cell->list[i]).likely;
    formula_spread(
        marks, cell->n, &panel->mean, &panel->deviation, &panel->range);
    m->made->panels_n++;
    free(marks);
}

static bool is_panel(const struct marks_cell *cell)
{
    return cell->n > 1 || (cell->n > 0 && cell->moderated_rev > 0);
}

static void tell_panels(struct maker *m, const struct marks_cell *cells)
{
    const struct model *model = &m->made->model;
    size_t n = model->bids_n * model->criteria_n;
    size_t room = 0;

    for (size_t i = 0; i < n; i++)
        room += is_panel(&cells[i]);
    m->made->panels = maker_room(m, room, sizeof *m->made->panels);
    for (size_t i = 0; i < n; i++) {
        if (is_panel(&cells[i]))
            tell_panel(
                m, i / model->criteria_n, i % model->criteria_n, &cells[i]);
    }
}

void maker_marks(struct maker *m)
{
    const struct record *r = m->record;
    struct model *model = &m->made->model;
    size_t n = model->bids_n * model->criteria_n;
    struct marks_cell *cells = mem_new(n * sizeof *cells);
    struct estimate *marks = maker_room(m, n, sizeof *marks);

    for (size_t i = 0; i < r->n[KIND_MARK]; i++) {
        const struct object *o = r->list[KIND_MARK][i];
        size_t bid =
            maker_index(m->made->bids, model->bids_n, VALUE(o, MARK, BID));
        size_t criterion = maker_index(
            m->made->criteria, model->criteria_n, VALUE(o, MARK, CRITERION));

        if (bid != MODEL_NOWHERE && criterion != MODEL_NOWHERE)
            add_mark(&cells[bid * model->criteria_n + criterion], o);
    }
    for (size_t i = 0; i < n; i++)
        marks[i] = cell_mark(m, i % model->criteria_n, &cells[i]);
    tell_panels(m, cells);
    for (size_t i = 0; i < n; i++)
        free(cells[i].list);
    free(cells);
    model->marks = marks;
}
