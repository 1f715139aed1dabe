/* SPDX-License-Identifier: Apache-2.0
 *
 * datum.h - the value of one field, and an object made of them.
 *
 * A datum read from the wire has its type checked; a reference is still the
 * word that was typed until the writer has found the object.
 */
#ifndef PROTOCOL_DATUM_H
#define PROTOCOL_DATUM_H

#include "protocol/kind.h"
#include "protocol/reply.h"

#include <stdatomic.h>

struct datum {
    bool set; /* false: the field has no value */
    /* INT, NUM, MONEY, PERCENT, LEVEL, SHARE, BOOL, TIME (ms): number.
     * ESTIMATE: estimate.
     * REF: ref_kind and number once found; text is the word as typed.
     * All others: text.  REFSET: ",3,7," once found. */
    int64_t number;
    struct estimate estimate;
    enum kind ref_kind;
    char *text; /* owned */
};

struct object {
    enum kind kind;
    uint64_t id;
    uint64_t rev;         /* the team's seq of its last change */
    uint64_t tender;      /* 0 for what belongs to the team */
    int64_t time;         /* of its last change, ms since 1970 */
    char *author;         /* of its last change */
    struct datum *values; /* [kind_row(kind)->count] */
    atomic_uint shares;   /* owners besides the first */
};

struct datum_fault {
    const char *allowed; /* for allowed=; lives for ever */
};

/**
 * datum_read - the value of a field from the word on the wire
 *
 * Takes   field  a number among all fields
 *         word   not empty ("" clears a field and is not read)
 * Gives   *got, freed with datum_fini; references are left as words
 * Errors  ERR_ARG  not of the field's type; *fault says what is allowed;
 *                  *got is untouched
 * Thread  any
 */
enum err datum_read(size_t field, const char *word, struct datum *got,
    struct datum_fault *fault) MUST_USE;

/**
 * datum_print - a value as one word, before any quoting
 *
 * Takes   field  a number among all fields
 *         d      set; references found
 * Gives   *to grown
 * Thread  any
 */
void datum_print(struct text *to, size_t field, const struct datum *d);

/**
 * datum_reply - a value as key=value of a line, or as a text block
 *
 * Gives   the line grown; nothing when the value is not set
 * Thread  the one that owns *r
 */
void datum_reply(struct reply *r, size_t field, const struct datum *d);

/**
 * datum_copy - a copy that owns its text
 *
 * Gives   *to
 * Thread  any
 */
void datum_copy(struct datum *to, const struct datum *from);

/**
 * datum_fini - free the text of a value
 *
 * Gives   *d all zero
 * Thread  any
 */
void datum_fini(struct datum *d);

/**
 * datum_equal - whether two values of one field are the same
 *
 * Gives   true or false; references must both be found
 * Thread  any
 */
bool datum_equal(size_t field, const struct datum *a, const struct datum *b);

/**
 * object_new - an object without values
 *
 * Gives   *made with room for the values of its kind
 * Thread  any
 */
void object_new(enum kind kind, struct object **made);

/**
 * object_share - one owner more, who changes it no more than the others do
 *
 * Gives   the same object, to be given back by object_free
 * Thread  any
 */
struct object *object_share(struct object *object);

/**
 * object_free - give an object back
 *
 * Gives   *object NULL; freed with its values when that was its last owner
 * Thread  any
 */
void object_free(struct object **object);

/**
 * object_copy - a copy that shares nothing
 *
 * Gives   *made
 * Thread  any
 */
void object_copy(const struct object *object, struct object **made);

/**
 * id_reply - an id as key=value of a line
 *
 * Gives   the line grown
 * Thread  the one that owns *r
 */
void id_reply(
    struct reply *r, const char *key, enum kind kind, uint64_t number);

/**
 * object_code - the code of an object
 *
 * Gives   a string that lives as long as the object; NULL when it has none
 * Thread  any
 */
const char *object_code(const struct object *object);

/**
 * object_reply - an object as one record of a reply
 *
 * Takes   only  NULL, or the words asked for by fields=, NULL-ended;
 *               rev author time tender may be among them
 * Gives   a whole record with its text blocks
 * Thread  the one that owns *r
 */
void object_reply(
    struct reply *r, const struct object *object, char *const *only);

#endif
