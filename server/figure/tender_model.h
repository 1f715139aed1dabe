/* SPDX-License-Identifier: Apache-2.0
 *
 * tender_model.h - from the record of a tender to the model that is computed
 * on, and back from its indexes to the objects.
 *
 * Here stands which objects count: the bids of the lot but withdrawn and
 * rejected ones and variants, the leaves of the criteria and the tree above
 * them, the elements that are not out, the parties that use.
 */
#ifndef SERVER_FIGURE_TENDER_MODEL_H
#define SERVER_FIGURE_TENDER_MODEL_H

#include "db/store.h"
#include "value/model.h"

/* What a panel's marks of one bid on one criterion are about; micro. */
struct tender_panel {
    size_t bid, criterion;
    int64_t round; /* of marking alone; 0: all of them */
    size_t n;      /* people whose newest marks these are */
    int64_t mean, deviation, range;
    int64_t moderated;     /* MODEL_ABSENT: it was not */
    const int64_t *values; /* [n] the marks, 1/10000 */
};

struct tender_model {
    struct model model;
    const struct object *tender;
    const struct object *lot; /* NULL for a tender without lots */
    /* The objects behind the indexes of the model. */
    const struct object **criteria, **groups, **bids, **segments, **needs,
        **elements, **alternatives;
    /* [criteria_n] the grades of each criterion's scale, by rising mark. */
    const struct object *const *const *grades;
    const size_t *grades_n;
    /* Where an order of importance alone is published of some weights, their
     * means, and of all others what is recorded; else NULL. */
    struct estimate *order_weights;   /* [criteria_n] */
    struct model_group *order_groups; /* [groups_n] */
    /* Cells marked by several people, or after moderation. */
    struct tender_panel *panels;
    size_t panels_n;
    /* [needs_n] weighed by somebody, but by no segment: no need of users. */
    bool *foreign;
    /* [segments_n] the need for which it turns elsewhere: where all that it
     * weighs have rows of reach of their own, the weightiest; else none. */
    size_t *usages;
    void **blocks; /* memory of the arrays */
    size_t blocks_n, blocks_room;
};

/**
 * tender_model_new - the model of a tender, or of one lot of it
 *
 * Takes   record  kept until tender_model_free
 *         lot     0: everything, for a tender without lots or with one
 * Gives   *made
 * Thread  any
 * Cost    linear in the record, times the logarithm of its objects
 */
void tender_model_new(
    const struct record *record, uint64_t lot, struct tender_model **made);

/**
 * tender_model_free - free a model
 *
 * Gives   *made NULL
 * Thread  the owner
 */
void tender_model_free(struct tender_model **made);

/**
 * record_with - a record in which some values are others, for with=
 *
 * Takes   words  "ID.field=value" each; ID may be a code
 * Gives   *made, freed with record_free: only what differs is copied, so the
 *         original must outlive it
 * Errors  ERR_ARG, ERR_NONE in *fault
 * Thread  any
 */
enum err record_with(const struct record *record, const char *const *words,
    size_t n, struct record **made, struct fault *fault) MUST_USE;

/**
 * record_is_tried - whether a word of with= says what a field is
 *
 * Takes   record  with the words applied
 *         word    that record_with took
 * Gives   whether it is this field of this object
 * Thread  any
 */
bool record_is_tried(const struct record *record, const char *word,
    const struct object *object, size_t field);

/**
 * record_with_free - free what record_with made
 *
 * Gives   *made NULL
 * Thread  the owner
 */
void record_with_free(const struct record *original, struct record **made);

/**
 * record_find - an object of a record by id or code
 *
 * Gives   borrowed from the record; NULL when there is none
 * Thread  any
 */
const struct object *record_find(
    const struct record *record, enum kind kind, const char *word);

/**
 * object_name - what rows of computations call an object
 *
 * Gives   *to grown by its code, or its id where it has none
 * Thread  any
 */
void object_name(struct text *to, const struct object *object);

#endif
