/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_maker.h - what the files that make a model, or the facts about a
 * client, of a record share; nobody else's.
 */
#ifndef SERVER_FIGURE_TENDER_MAKER_H
#define SERVER_FIGURE_TENDER_MAKER_H

#include "server/figure/tender_model.h"
#include "value/users/reach.h"

/* The value of a field of an object; the compiler knows the place. */
#define VALUE(object, kind, field)                                             \
    (&(object)->values[FIELD_##kind##_##field - FIRST_OF_##kind])

enum {
#define KIND(id, ...)        FIRST_OF_##id, BACK_OF_##id = FIRST_OF_##id - 1,
#define FIELD(kind, id, ...) HERE_OF_##kind##_##id,
#include "protocol/kinds.def"
#undef KIND
#undef FIELD
};

struct maker {
    const struct record *record;
    struct tender_model *made;
    uint64_t lot;                     /* 0: everything */
    bool closed;                      /* maker_lists: alternatives are listed */
    struct model_criterion *criteria; /* those of the model */
    /* [criteria_n] the first grade of each criterion's scale, by rising mark;
     * NULL: it has none. */
    const struct object *const **grades;
    size_t *grades_n; /* [criteria_n] */
};

/* Why an alternative is no choice. */
enum way_limit {
    WAY_OPEN, /* it is one */
    WAY_UNREACHABLE,
    WAY_UNLISTED, /* others are listed, it is not */
    WAY_FULL      /* it has no capacity */
};

/**
 * maker_room - zeroed memory that lives as long as the model
 *
 * Gives   room for n items
 * Thread  any
 */
void *maker_room(struct maker *m, size_t n, size_t size);

/**
 * maker_number - a value, or MODEL_ABSENT
 *
 * Gives   a number
 * Thread  any
 */
int64_t maker_number(const struct datum *d);

/**
 * maker_number_or_zero - a value, or 0
 *
 * Gives   a number
 * Thread  any
 */
int64_t maker_number_or_zero(const struct datum *d);

/**
 * maker_estimate - a value, or MODEL_ABSENT thrice
 *
 * Gives   an estimate
 * Thread  any
 */
struct estimate maker_estimate(const struct datum *d);

/**
 * maker_round - decimals to which points are rounded
 *
 * Takes   otherwise  what stands where nothing is recorded
 * Gives   ROUND_TO what is recorded, below 0 where that is no number of them
 * Thread  any
 */
int maker_round(const struct datum *digits, int otherwise);

/**
 * maker_is_word - whether a value is that word
 *
 * Gives   true or false
 * Thread  any
 */
bool maker_is_word(const struct datum *d, const char *word);

/**
 * maker_is_of_lot - whether something belongs to the lot, or to the tender
 *
 * Takes   lot  the field "lot" of the object
 * Gives   true or false
 * Thread  any
 */
bool maker_is_of_lot(const struct maker *m, const struct datum *lot);

/**
 * maker_index - the index of the object that a reference names
 *
 * Takes   list[n]  rising by id, of the kind that the field refers to
 * Gives   MODEL_NOWHERE when it is not there
 * Thread  any
 */
size_t maker_index(
    const struct object *const *list, size_t n, const struct datum *ref);

/**
 * maker_lists - look whether some alternative of the lot is listed
 *
 * Gives   m->closed: those that nobody lists are no choice
 * Thread  any
 */
void maker_lists(struct maker *m);

/**
 * maker_bounds - below how many ways one is captive, and near-captive
 *
 * Gives   the bounds of *model, as the settings of the server say
 * Thread  any
 */
void maker_bounds(struct model *model);

/**
 * maker_met - write down how near to its bounds a choice was
 *
 * Takes   choice  of reach_choice_of, by bounds of maker_bounds
 * Gives   what limit_edges prints from now on
 * Thread  any
 */
void maker_met(const struct reach_choice *choice);

/**
 * maker_way - what an alternative is to a party
 *
 * Takes   reach  the row of that party on that alternative
 * Gives   *made  its segment is not set; whether it counts as a choice
 * Thread  any
 */
enum way_limit maker_way(const struct maker *m, const struct object *reach,
    const struct object *alternative, const struct object *party,
    struct model_reach *made);

/**
 * maker_reaches - the alternatives of each segment, for what is bought
 *
 * Takes   m  with what each segment weighs
 * Gives   m->made->model filled, and m->made->usages; offers that nobody has
 *         won yet are left out
 * Thread  any
 */
void maker_reaches(struct maker *m);

/**
 * maker_criteria - the criteria of the lot, and the tree above them
 *
 * Gives   m->made->model's criteria, groups, group_of, weights in points
 * Thread  any
 */
void maker_criteria(struct maker *m);

/**
 * maker_is_ref - whether a reference is one to an object
 *
 * Gives   true or false
 * Thread  any
 */
bool maker_is_ref(const struct datum *d, const struct object *object);

/**
 * maker_scales - the grades of each criterion, and what they say of its scale
 *
 * Gives   m->grades, and in the model levels and best marks where they are
 *         published as grades alone; criteria must stand already
 * Thread  any
 */
void maker_scales(struct maker *m);

/**
 * maker_grade - the mark that a grade stands for
 *
 * Takes   word  whatever its case and accents
 * Gives   *mark
 *         false: the criterion has no such grade
 * Thread  any
 */
bool maker_grade(
    const struct maker *m, size_t criterion, const char *word, int64_t *mark);

/**
 * maker_marks - the mark of each bid on each criterion, and who differs
 *
 * Gives   m->made->model.marks, m->made->panels; criteria, scales and bids
 *         must stand already
 * Thread  any
 */
void maker_marks(struct maker *m);

/**
 * maker_cells - marks, relations, elements, and what maker_users makes
 *
 * Gives   m->made->model filled; criteria, bids, segments and needs must
 *         stand already
 * Thread  any
 */
void maker_cells(struct maker *m);

/**
 * maker_users - weights of needs, coverage, alternatives, answers, effort
 *
 * Gives   m->made->model filled; bids, segments, needs and elements must stand
 *         already
 * Thread  any
 */
void maker_users(struct maker *m);

#endif
