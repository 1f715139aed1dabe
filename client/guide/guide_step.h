/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_step.h - the questions of "diptych guide", as guide.def lists them,
 * and which of them the record leaves open.
 *
 * The record is the only state: a question is open as long as what it would
 * record is not there.  What a person left out is remembered for one run.
 */
#ifndef CLIENT_GUIDE_GUIDE_STEP_H
#define CLIENT_GUIDE_GUIDE_STEP_H

#include "client/guide/guide_record.h"
#include "protocol/kind.h"

enum guide_part {
#define PART(id, en, fr, intro_en, intro_fr) GUIDE_PART_##id,
#include "client/guide/guide.def"
#undef PART
    GUIDE_PARTS
};

enum guide_step_id {
#define STEP(id, ...) GUIDE_##id,
#include "client/guide/guide.def"
#undef STEP
    GUIDE_STEPS
};

enum guide_shape {
    GUIDE_START,
    GUIDE_ONCE,
    GUIDE_EACH,
    GUIDE_PAIR,
    GUIDE_MORE,
    GUIDE_THEN
};

struct guide_step {
    enum guide_part part;
    enum guide_shape shape;
    const char *first, *second, *known; /* kinds and conditions */
    const char *answer;                 /* KIND.FIELD */
    const char *preset, *lines;
    const char *question[2], *help[2]; /* English, French */
};

struct guide_part_row {
    const char *title[2], *intro[2];
};

/* What is asked now. */
struct guide_question {
    enum guide_step_id step;
    const struct row *first, *second; /* NULL for none; of the record */
    size_t left;                      /* questions of this step still open */
};

/* What was left out in this run: "STEP first second". */
struct guide_skips {
    char **list; /* owned */
    size_t n, room;
};

extern const struct guide_step guide_steps[GUIDE_STEPS];
extern const struct guide_part_row guide_parts[GUIDE_PARTS];

/**
 * guide_field - the field whose type the answer of a step has
 *
 * Gives   a row of kinds.def
 * Thread  any
 */
const struct field_row *guide_field(enum guide_step_id step);

/**
 * guide_find - the first question that is open
 *
 * Takes   record  of the tender; empty when none is chosen
 *         chosen  whether a tender is
 * Gives   *got; false when everything has been asked
 * Thread  any
 */
bool guide_find(const struct labels *record, bool chosen,
    const struct guide_skips *skips, struct guide_question *got);

/**
 * guide_key - how a question is remembered as left out
 *
 * Gives   *to grown
 * Thread  any
 */
void guide_key(struct text *to, const struct guide_question *question);

/**
 * guide_skip - leave a question out in this run, or ask it again
 *
 * Takes   key  of guide_key
 * Gives   *skips changed
 * Thread  any, one owner at a time
 */
void guide_skip(struct guide_skips *skips, const char *key, bool out);

/**
 * guide_skips_fini - forget what was left out
 *
 * Gives   *skips all zero
 * Thread  any, one owner at a time
 */
void guide_skips_fini(struct guide_skips *skips);

#endif
