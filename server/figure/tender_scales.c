/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_scales.c - the grades by which criteria are marked.
 */
#include "server/figure/tender_maker.h"

#include "protocol/base_mem.h"
#include "protocol/fold.h"

#include <stdlib.h>
#include <string.h>

/* Grades by criterion, 0 for all, and there by mark. */
static int compare_grades(const void *one, const void *other)
{
    const struct object *a = *(const struct object *const *)one;
    const struct object *b = *(const struct object *const *)other;
    const struct datum *of_a = VALUE(a, GRADE, CRITERION);
    const struct datum *of_b = VALUE(b, GRADE, CRITERION);
    int64_t key_a = of_a->set ? of_a->number : 0;
    int64_t key_b = of_b->set ? of_b->number : 0;

    if (key_a == key_b) {
        key_a = VALUE(a, GRADE, MARK)->number;
        key_b = VALUE(b, GRADE, MARK)->number;
    }
    if (key_a == key_b)
        return (a->id > b->id) - (a->id < b->id);
    return key_a < key_b ? -1 : 1;
}

/* The grades of one criterion; of all where id is 0. */
static size_t find_grades(
    const struct object **list, size_t n, uint64_t id, size_t *first)
{
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct datum *of = VALUE(list[middle], GRADE, CRITERION);

        if ((of->set ? (uint64_t)of->number : 0) < id)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low < n) {
        const struct datum *of = VALUE(list[low], GRADE, CRITERION);
        if ((of->set ? (uint64_t)of->number : 0) != id)
            break;
        low++;
    }
    return low - *first;
}

/* The nearest scale: its own, that of what it is part of, that of all. */
static void find_scale(
    struct maker *m, const struct object **list, size_t n, size_t criterion)
{
    const struct model *model = &m->made->model;
    size_t first = 0;
    size_t found =
        find_grades(list, n, m->made->criteria[criterion]->id, &first);

    for (size_t g = model->group_of[criterion];
         found == 0 && g != MODEL_NOWHERE; g = model->groups[g].parent)
        found = find_grades(list, n, m->made->groups[g]->id, &first);
    if (found == 0)
        found = find_grades(list, n, 0, &first);
    m->grades[criterion] =
        (const struct object *const *)(found ? list + first : NULL);
    m->grades_n[criterion] = found;
}

/* Shares that are published with grades are a table; the best grade is the
 * best mark where none is recorded. */
static void read_scale(
    struct maker *m, struct model_criterion *c, size_t criterion)
{
    const struct object *const *grades = m->grades[criterion];
    size_t n = m->grades_n[criterion];
    struct model_level *levels = NULL;
    size_t levels_n = 0;

    if (n == 0)
        return;
    if (c->scale_max == MODEL_ABSENT)
        c->scale_max = VALUE(grades[n - 1], GRADE, MARK)->number;
    if (c->levels_n > 0)
        return;
    levels = maker_room(m, n, sizeof *levels);
    for (size_t i = 0; i < n; i++) {
        const struct datum *share = VALUE(grades[i], GRADE, SHARE);

        if (share->set)
            levels[levels_n++] = (struct model_level){
                VALUE(grades[i], GRADE, MARK)->number, share->number};
    }
    c->levels = levels_n ? levels : NULL;
    c->levels_n = levels_n;
}

void maker_scales(struct maker *m)
{
    const struct record *r = m->record;
    size_t n = r->n[KIND_GRADE];
    size_t criteria_n = m->made->model.criteria_n;

    m->grades = maker_room(m, criteria_n, sizeof *m->grades);
    m->grades_n = maker_room(m, criteria_n, sizeof *m->grades_n);
    m->made->grades = (const struct object *const *const *)m->grades;
    m->made->grades_n = m->grades_n;
    if (n == 0)
        return;
    const struct object **list = maker_room(m, n, sizeof *list);
    for (size_t i = 0; i < n; i++)
        list[i] = r->list[KIND_GRADE][i];
    qsort(list, n, sizeof *list, compare_grades);
    for (size_t k = 0; k < criteria_n; k++) {
        if (m->criteria[k].is_price)
            continue;
        find_scale(m, list, n, k);
        read_scale(m, &m->criteria[k], k);
    }
}

bool maker_grade(
    const struct maker *m, size_t criterion, const char *word, int64_t *mark)
{
    struct text asked = {0};
    bool found = false;

    fold_text(&asked, word);
    for (size_t i = 0; i < m->grades_n[criterion] && !found; i++) {
        const struct object *grade = m->grades[criterion][i];
        struct text name = {0};

        fold_text(&name, VALUE(grade, GRADE, NAME)->text);
        found = strcmp(text_peek(&name), text_peek(&asked)) == 0;
        if (found)
            *mark = VALUE(grade, GRADE, MARK)->number;
        text_fini(&name);
    }
    text_fini(&asked);
    return found;
}
