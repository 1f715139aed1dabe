/* SPDX-License-Identifier: Apache-2.0
 *
 * lowered.c - bids against what captive segments have today.
 */
#include "value/people/lowered.h"

#include <stdlib.h>

#include "protocol/base_mem.h"
#include "value/users/reach.h"

static bool is_captive(const struct model *model, size_t segment)
{
    struct reach_choice choice;

    reach_choice_of(model, segment, &choice);
    return choice.captive == CAPTIVE_YES;
}

static bool somebody_is_captive(const struct model *model)
{
    for (size_t s = 0; s < model->segments_n; s++)
        if (is_captive(model, s))
            return true;
    return false;
}

/* The row against today is the one that counts, before the status quo. */
static bool is_today(const struct model *model,
    const struct advantage_result *a, const struct advantage_row *row)
{
    if (row->over == MODEL_NOWHERE)
        return true;
    if (!model->alternatives[row->over].status_quo)
        return false;
    for (size_t i = 0; i < a->rows_n; i++)
        if (a->rows[i].bid == row->bid && a->rows[i].segment == row->segment &&
            a->rows[i].over == MODEL_NOWHERE)
            return false;
    return true;
}

static bool is_told(
    const struct lowered_result *r, const struct advantage_row *row)
{
    for (size_t i = 0; i < r->rows_n; i++)
        if (r->rows[i].bid == row->bid && r->rows[i].segment == row->segment)
            return true;
    return false;
}

static void collect(const struct model *model, const struct advantage_result *a,
    struct lowered_result *r)
{
    r->rows = mem_new((a->rows_n + 1) * sizeof *r->rows);
    for (size_t i = 0; i < a->rows_n; i++) {
        const struct advantage_row *row = &a->rows[i];

        if (row->net.high < 0 && is_today(model, a, row) && !is_told(r, row) &&
            is_captive(model, row->segment))
            r->rows[r->rows_n++] =
                (struct lowered_row){row->bid, row->segment, row->net};
    }
}

enum err lowered_compute(
    const struct model *model, bool all, struct lowered_result **made)
{
    struct advantage_result *a = NULL;

    if (!somebody_is_captive(model)) {
        *made = mem_new(sizeof **made);
        return ERR_OK;
    }
    enum err err = advantage_compute(model, 0, all, &a);
    if (err != ERR_OK)
        return err;
    *made = mem_new(sizeof **made);
    collect(model, a, *made);
    advantage_free(&a);
    return ERR_OK;
}

void lowered_free(struct lowered_result **result)
{
    if (*result == NULL)
        return;
    free((*result)->rows);
    free(*result);
    *result = NULL;
}
