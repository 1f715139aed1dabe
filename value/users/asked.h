/* SPDX-License-Identifier: Apache-2.0
 *
 * asked.h - what users answered: which needs ask to be served most, of which
 * class they are, and what it takes to serve them.
 *
 * Always within a segment, or over all answers about a need: an opportunity
 * of one segment is not added to that of another.
 */
#ifndef VALUE_USERS_ASKED_H
#define VALUE_USERS_ASKED_H

#include "value/formula.h"
#include "value/model.h"

struct asked_opportunity {
    int64_t score; /* micro, 0..20 */
    enum opportunity band;
};

/**
 * asked_opportunity - how much a need asks to be served in a segment
 *
 * Takes   segment, need  indexes
 * Gives   *made
 *         false where importance or satisfaction is not recorded
 * Thread  any
 * Cost    O(1)
 * Source  F24, Ulwick; docs/value.md 18
 * Vector  importance 9, satisfaction 3 -> 15, ripe
 */
bool asked_opportunity(const struct model *model, size_t segment, size_t need,
    struct asked_opportunity *made);

struct asked_kano {
    size_t counts[KANO_COUNT]; /* answers by class */
    size_t answers;
    enum kano class; /* the most frequent; of equals must, one-dimensional,
                        attractive, indifferent, and so on */
    int64_t better;  /* micro; MODEL_ABSENT where all answers are reverse or
                        questionable */
    int64_t worse;
};

/**
 * asked_kano - the class of a need by the answers about it
 *
 * Takes   segment  whose answers, or MODEL_NOWHERE: all
 * Gives   *made
 *         false where there is no answer
 * Thread  any
 * Cost    O(answers)
 * Source  F25, Kano et al. 1984, Berger et al. 1993; docs/value.md 18
 * Vector  A 12 O 20 M 10 I 8 -> one-dimensional, .64, -.6
 */
bool asked_kano(const struct model *model, size_t segment, size_t need,
    struct asked_kano *made);

/**
 * asked_qfd - what needs and criteria weigh by quality function deployment
 *
 * Weight of a need: importance x target / satisfaction x sales point; of a
 * criterion: sum over needs of their share x strength.
 *
 * Takes   segment  one
 * Gives   needs     [needs_n] micro, the absolute weight; MODEL_ABSENT where
 *                   importance, target or a satisfaction above 0 is lacking
 *         shares    [needs_n] micro, of those known; MODEL_ABSENT else
 *         criteria  [criteria_n] micro, shares of the technical importance
 *         false and nothing changed where no need is known or all weigh 0
 * Thread  any
 * Cost    O(needs x criteria)
 * Source  F26, Akao 1990; docs/value.md 18
 * Vector  5 x 5/3 x 1.5, 3 x 4/4 x 1 -> 12.5, 3; .806452, .193548; with
 *         9 3 / 1 9 -> .641667, .358333
 */
bool asked_qfd(const struct model *model, size_t segment, int64_t *needs,
    int64_t *shares, int64_t *criteria);

#endif
