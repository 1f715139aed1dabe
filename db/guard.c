/* SPDX-License-Identifier: Apache-2.0
 *
 * guard.c - if=: whether somebody else changed what a change is about.
 *
 * Only fields that the change names count, so two people who work on different
 * fields of one object do not meet; deleting and undoing are about all of them.  What an
 * earlier step of the same set changed is no conflict: its rows are not in the
 * journal yet.
 */
#include "db/apply.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

static bool is_named(const struct change *change, const char *word, size_t len)
{
    if (change->verb == CHANGE_DEL || change->verb == CHANGE_UNDO)
        return true;
    for (size_t i = 0; i < change->assigns_n; i++) {
        const char *name = fields[change->assigns[i].field].word;

        if (strlen(name) == len && memcmp(name, word, len) == 0)
            return true;
    }
    return false;
}

/* The words of one journal row that the change names; none twice. */
static bool add_changed(
    struct text *changed, const struct change *change, const char *words)
{
    bool any = false;

    while (*words) {
        size_t len = strcspn(words, ",");

        if (is_named(change, words, len)) {
            any = true;
            if (!list_holds(text_peek(changed), words, len)) {
                if (changed->len)
                    text_putc(changed, ',');
                text_add(changed, words, len);
            }
        }
        words += len;
        words += *words == ',';
    }
    return any;
}

static enum err find_seen(struct apply *a, const struct change *change,
    const struct object *object, uint64_t *rev)
{
    const struct changeset *set = a->set;

    if (change->guard == GUARD_REV) {
        *rev = change->guard_rev;
        return ERR_OK;
    }
    for (size_t i = 0; i < set->seen_n; i++)
        if (set->seen[i].kind == object->kind &&
            set->seen[i].id == object->id) {
            *rev = set->seen[i].rev;
            return ERR_OK;
        }
    fault_set(a->fault, ERR_ARG, "if", "seen",
        "an object that this session was shown, or a revision");
    fault_id(a->fault, object->kind, object->id);
    return ERR_ARG;
}

/* The object as the record has it: what an earlier step of the same set did to
 * it goes with the set. */
static enum err load_recorded(
    struct apply *a, const struct object *object, struct object **now)
{
    uint64_t head = a->journal.head - a->journal.n;

    if (object->rev > head)
        return object_load(a->store, a->viewer.team, object->kind, object->id,
            head, now, NULL);
    object_copy(object, now);
    return ERR_OK;
}

static enum err refuse(struct apply *a, const struct object *object,
    uint64_t guard_rev, struct text *changed, char *author)
{
    struct fault *fault = a->fault;
    enum err err = ERR_OK;

    fault_set(fault, ERR_CONFLICT, NULL, NULL, NULL);
    fault_id(fault, object->kind, object->id);
    fault->guard_rev = guard_rev;
    fault->author = author;
    fault->changed = text_take(changed);
    err = load_recorded(a, object, &fault->now);
    if (err != ERR_OK)
        return err;
    fault->rev = fault->now->rev;
    return ERR_CONFLICT;
}

enum err guard_check(
    struct apply *a, const struct change *change, const struct object *object)
{
    sqlite3_stmt *rows = store_fixed(a->store, STATEMENT_JOURNAL_CHANGED);
    struct text changed = {0};
    char *author = NULL;
    uint64_t rev, anchor = 0;
    bool row;

    if (change->guard == GUARD_NONE)
        return ERR_OK;
    enum err err = find_seen(a, change, object, &rev);
    if (err != ERR_OK || rev >= object->rev)
        return err;
    sql_bind(rows, "itii", a->viewer.team, kind_row(object->kind)->word,
        object->id, rev);
    while ((err = sql_step(rows, &row)) == ERR_OK && row)
        if (add_changed(&changed, change, sql_peek(rows, 1))) {
            free(author);
            author = sql_take(rows, 0);
        }
    if (err == ERR_OK && author == NULL)
        err = journal_anchor(a->store, a->viewer.team, &anchor, NULL);
    /* The journal was cut: what was changed meanwhile is not known. */
    if (err == ERR_OK && author == NULL && rev < anchor)
        author = mem_text(object->author);
    if (err == ERR_OK && author)
        return refuse(a, object, rev, &changed, author);
    free(author);
    text_fini(&changed);
    return err;
}
