/* SPDX-License-Identifier: Apache-2.0
 *
 * apply.h - what the files that apply a changeset share.
 *
 * Each step answers ERR_OK or fills in the fault and returns its error; the
 * caller undoes what was written.  For files of db/ alone.
 */
#ifndef DB_APPLY_H
#define DB_APPLY_H

#include "db/inside.h"
#include "db/names.h"

/* The last id of a kind.  It is read once for all that a set adds, and written
 * when all is done. */
struct counter {
    bool known, stored, moved;
    uint64_t last;
};

struct apply {
    struct store *store;
    struct changeset *set;
    struct fault *fault; /* of the set */
    struct viewer viewer;
    int64_t now_ms;
    struct journal journal;
    struct names names; /* "$x": place in set->done */
    struct viewer in;   /* the viewer in the tender entered last */
    uint64_t in_tender; /* that tender; 0: of the team */
    bool entered;
    struct counter counters[KIND_COUNT];
};

/**
 * apply_add - add an object
 *
 * Gives   the object written, with its journal row, and *done
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err apply_add(
    struct apply *a, const struct change *change, struct done *done) MUST_USE;

/**
 * apply_set - change fields of an object
 *
 * Gives   as apply_add; nothing is written when nothing changes
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err apply_set(
    struct apply *a, const struct change *change, struct done *done) MUST_USE;

/**
 * apply_del - delete an object, with parts= what belongs to it
 *
 * Gives   as apply_add
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err apply_del(
    struct apply *a, const struct change *change, struct done *done) MUST_USE;

/**
 * apply_undo - an object, or all of a transaction, as it stood once
 *
 * Gives   as apply_add; of a transaction *done is of its first object
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err apply_undo(
    struct apply *a, const struct change *change, struct done *done) MUST_USE;

/* An object that may be gone: what is known of it now. */
struct past {
    struct found found;
    uint64_t last; /* the seq of its newest change */
    bool gone;
    struct object *now; /* as it is, or as it was when it went */
    char *creator;
};

/**
 * past_find - the object that a word names, if the viewer sees it, even gone
 *
 * Takes   word  an id; what is there is found by a code or a "$x" as well
 * Gives   *past, freed with past_fini, also upon an error
 * Errors  ERR_NONE  in the fault
 * Thread  the owner of the store
 */
enum err past_find(
    struct apply *a, const char *word, struct past *past) MUST_USE;

/**
 * past_guard - if= of a change to an object that may be gone
 *
 * Gives   ERR_OK when nobody else changed it since
 * Errors  ERR_CONFLICT, ERR_ARG  in the fault
 * Thread  the owner of the store
 */
enum err past_guard(struct apply *a, const struct change *change,
    const struct past *past) MUST_USE;

/**
 * past_fini - free what is known
 *
 * Gives   *past all zero
 * Thread  the owner of the store
 */
void past_fini(struct past *past);

/**
 * apply_forget - erase values of an object for good
 *
 * Gives   as apply_add
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err apply_forget(
    struct apply *a, const struct change *change, struct done *done) MUST_USE;

/**
 * alter_values - the values that a change leaves in an object
 *
 * Gives   *object with them
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err alter_values(struct apply *a, const struct change *change,
    struct object *object) MUST_USE;

/**
 * alter_check - whether an object has what it needs and makes sense
 *
 * Gives   ERR_OK when so
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err alter_check(struct apply *a, const struct object *object) MUST_USE;

/**
 * alter_object - change the fields of an object, if one may
 *
 * Takes   creator  who added it
 * Gives   the object written unless nothing changes, and its *rev
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err alter_object(struct apply *a, const struct change *change,
    const struct object *old, const char *creator, uint64_t *rev) MUST_USE;

/**
 * apply_sees - whether the viewer sees what belongs to a tender
 *
 * Gives   ERR_OK when so; a->in is then what the viewer may do there
 * Errors  ERR_NONE  not; the fault is left alone
 * Thread  the owner of the store
 */
enum err apply_sees(struct apply *a, uint64_t tender) MUST_USE;

/**
 * apply_deny - the fault of a right that is wanting
 *
 * Takes   field  FIELD_COUNT when no field is meant
 *         del    deleting is meant
 * Gives   ERR_DENIED
 * Thread  the owner of the store
 */
enum err apply_deny(
    struct apply *a, enum kind kind, size_t field, bool del) MUST_USE;

/**
 * apply_find - the object that a word names, if the viewer sees it
 *
 * Takes   word   an id, a code or a "$x" of the same set
 *         field  for the fault; NULL for the object of the request
 * Gives   *got
 * Errors  ERR_NONE  in the fault
 * Thread  the owner of the store
 */
enum err apply_find(struct apply *a, uint64_t scope, const char *word,
    const char *field, struct found *got) MUST_USE;

/**
 * fault_id - name the object of a fault
 *
 * Gives   fault->id
 * Thread  the one that owns it
 */
void fault_id(struct fault *fault, enum kind kind, uint64_t id);

/**
 * fault_row - add an object that stands in the way
 *
 * Gives   fault->rows grown, up to 20
 * Thread  the one that owns it
 */
void fault_row(struct fault *fault, enum kind kind, uint64_t id);

/**
 * resolve_tender - the tender in which an object is added
 *
 * Gives   *tender, 0 for the team
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err resolve_tender(
    struct apply *a, const struct change *change, uint64_t *tender) MUST_USE;

/**
 * resolve_value - the value that an assignment leaves in a field
 *
 * References are found, sets put in order, members looked up.
 *
 * Takes   object  the object as it is; its tender is where codes are found
 * Gives   *made, freed with datum_fini
 * Errors  in the fault
 * Thread  the owner of the store
 */
enum err resolve_value(struct apply *a, const struct object *object,
    const struct assign *assign, struct datum *made) MUST_USE;

/**
 * guard_check - whether somebody else changed what this change is about
 *
 * Takes   object  as it is
 * Gives   ERR_OK when not
 * Errors  ERR_CONFLICT, ERR_ARG (nothing seen), in the fault
 * Thread  the owner of the store
 */
enum err guard_check(struct apply *a, const struct change *change,
    const struct object *object) MUST_USE;

/**
 * sense_check - whether an object makes sense as a whole
 *
 * Gives   ERR_OK when it does
 * Errors  ERR_ARG  *fault says what is wrong
 * Thread  any
 */
enum err sense_check(const struct object *object, struct fault *fault) MUST_USE;

/**
 * write_new - write an object that was added
 *
 * Takes   object  its id, rev, author and time are filled in here
 * Gives   row, references, code and journal row
 * Errors  ERR_EXISTS  the code or the key is taken; in the fault
 * Thread  the owner of the store
 */
enum err write_new(struct apply *a, struct object *object) MUST_USE;

/**
 * write_back - write an object that was deleted, with the id it had
 *
 * Takes   object   its id and values; rev, author and time are filled in here
 *         creator  who added it first
 * Gives   as write_new
 * Errors  as write_new
 * Thread  the owner of the store
 */
enum err write_back(
    struct apply *a, struct object *object, const char *creator) MUST_USE;

/**
 * write_changed - write an object that was changed
 *
 * Takes   object   as it shall be; rev, author and time are filled in here
 *         creator  who added it
 * Gives   as write_new, and the old row in the past
 * Errors  as write_new
 * Thread  the owner of the store
 */
enum err write_changed(struct apply *a, const struct object *old,
    struct object *object, const char *creator) MUST_USE;

/**
 * write_row - the draft of a row of the journal that holds no old values
 *
 * Takes   verb   of its name
 *         words  of the fields, comma between them
 *         after  their values now; "" for none
 * Gives   its seq
 * Thread  the owner of the store
 */
uint64_t write_row(struct apply *a, const struct object *one, const char *verb,
    const char *words, const char *after);

/**
 * write_forgotten - write an object of which values were erased
 *
 * Takes   words, after  of the row of the journal, as in write_row
 * Gives   as write_changed; the old row in the past holds them still
 * Errors  as write_new
 * Thread  the owner of the store
 */
enum err write_forgotten(struct apply *a, const struct object *old,
    struct object *object, const char *creator, const char *words,
    const char *after) MUST_USE;

/**
 * write_counters - the last ids of the kinds of which the set added some
 *
 * Gives   the rows of counters
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err write_counters(struct apply *a) MUST_USE;

/**
 * write_gone - delete an object that nothing refers to any more
 *
 * Gives   the old row in the past, a journal row, and its *seq
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err write_gone(struct apply *a, const struct object *old,
    const char *creator, uint64_t *seq) MUST_USE;

/**
 * once_find - the result of an earlier request with the same once= key
 *
 * Gives   set->done and set->head when set->replay becomes true
 * Errors  ERR_EXISTS  the key stands for another request; in the fault
 * Thread  the owner of the store
 */
enum err once_find(struct apply *a) MUST_USE;

/**
 * once_keep - remember the result of a request with a once= key
 *
 * Gives   a row
 * Errors  by the disk
 * Thread  the owner of the store
 */
enum err once_keep(struct apply *a) MUST_USE;

#endif
