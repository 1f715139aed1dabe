/* SPDX-License-Identifier: Apache-2.0
 *
 * change.c - filling and freeing of changesets and faults.
 */
#include "db/change.h"

#include "protocol/base_mem.h"
#include "protocol/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *undone_word(enum undone undone)
{
    static const char *const words[UNDONE_COUNT] = {
        [UNDONE_NOTHING] = "nothing",
        [UNDONE_CHANGED] = "changed",
        [UNDONE_RESTORED] = "restored",
        [UNDONE_DELETED] = "deleted"};

    INSIST(undone < UNDONE_COUNT);
    return words[undone];
}

void fault_fini(struct fault *fault)
{
    free(fault->field);
    free(fault->got);
    free(fault->allowed);
    free(fault->near);
    free(fault->id);
    free(fault->note);
    free(fault->author);
    free(fault->changed);
    object_free(&fault->now);
    for (size_t i = 0; i < fault->rows_n; i++)
        free(fault->rows[i]);
    free(fault->rows);
    *fault = (struct fault){0};
}

static void replace(char **old, const char *text)
{
    char *copy = mem_text(text);

    free(*old);
    *old = copy;
}

enum err fault_set(struct fault *fault, enum err err, const char *field,
    const char *got, const char *allowed)
{
    fault->err = err;
    replace(&fault->field, field);
    replace(&fault->got, got);
    replace(&fault->allowed, allowed);
    return err;
}

void fault_near(struct fault *fault, const char *allowed, const char *word)
{
    char *list = mem_text(allowed);
    char *rest = list;
    struct near near = {.word = word};

    for (char *one; (one = strsep(&rest, ", ")) != NULL;) {
        one[strcspn(one, ":")] = '\0';
        near_look(&near, one);
    }
    replace(&fault->near, near.found);
    free(list);
}

enum err fault_unknown(struct fault *fault, const char *field, const char *got,
    const char *allowed, const char *word)
{
    fault->unknown = true;
    fault_near(fault, allowed, word);
    return fault_set(fault, ERR_ARG, field, got, allowed);
}

enum err fault_limit(struct fault *fault, const char *field, enum limit limit)
{
    char allowed[24];

    (void)snprintf(allowed, sizeof allowed, "%zu", limit_now(limit));
    return fault_set(fault, ERR_LIMIT, field, "more", allowed);
}

struct change *change_add(struct changeset *set)
{
    set->list = mem_grow(set->list, &set->room, set->n + 1, sizeof *set->list);
    struct change *change = &set->list[set->n++];

    *change = (struct change){.kind = KIND_NONE};
    return change;
}

void change_assign(struct change *change, size_t field, enum op op, bool clear,
    struct datum *value)
{
    change->assigns = mem_grow(change->assigns, &change->assigns_room,
        change->assigns_n + 1, sizeof *change->assigns);
    struct assign *assign = &change->assigns[change->assigns_n++];

    *assign = (struct assign){field, op, clear, *value};
    *value = (struct datum){0};
}

void change_fini(struct change *change)
{
    for (size_t i = 0; i < change->assigns_n; i++)
        datum_fini(&change->assigns[i].value);
    free(change->assigns);
    free(change->target);
    free(change->as);
    free(change->tender);
    *change = (struct change){.kind = KIND_NONE};
}

void changeset_fini(struct changeset *set)
{
    for (size_t i = 0; i < set->n; i++)
        change_fini(&set->list[i]);
    for (size_t i = 0; i < set->done_n; i++)
        free(set->done[i].as);
    free(set->list);
    free(set->done);
    free(set->seen);
    free(set->user);
    free(set->tenders);
    free(set->once);
    free(set->request);
    fault_fini(&set->fault);
    events_fini(&set->events);
    *set = (struct changeset){0};
}
