/* SPDX-License-Identifier: Apache-2.0
 *
 * can.c - the rights asked without a change.
 */
#include "db/can.h"

#include "db/inside.h"

#include <stdlib.h>

static void refuse(struct can_answer *answer, const struct viewer *in,
    const struct can_query *query, size_t field)
{
    *answer = (struct can_answer){false, field, role_word(in->role),
        right_needed(query->kind, field, query->what == CAN_DEL)};
}

static bool may_set(const struct viewer *in, size_t field, const char *creator)
{
    return !(fields[field].flags & FIELD_FIXED) &&
           right_sets(in, field, creator);
}

/* Without a field it is asked whether there is one that may be set. */
static void ask_any(const struct viewer *in, const struct can_query *query,
    const char *creator, struct can_answer *answer)
{
    const struct kind_row *row = kind_row(query->kind);

    for (size_t i = row->first; i < row->first + row->count; i++)
        if (may_set(in, i, creator))
            return;
    refuse(answer, in, query, FIELD_COUNT);
}

static void ask_fields(const struct viewer *in, const struct can_query *query,
    const char *creator, struct can_answer *answer)
{
    for (size_t i = 0; i < query->fields_n && answer->can; i++)
        if (!right_sets(in, query->fields[i], creator))
            refuse(answer, in, query, query->fields[i]);
}

static void ask(const struct viewer *in, const struct can_query *query,
    const char *creator, struct can_answer *answer)
{
    *answer = (struct can_answer){.can = true, .field = FIELD_COUNT};
    if (query->what == CAN_DEL) {
        if (!right_deletes(in, query->kind, creator))
            refuse(answer, in, query, FIELD_COUNT);
        return;
    }
    if (query->what == CAN_ADD && !right_adds(in, query->kind)) {
        refuse(answer, in, query, FIELD_COUNT);
        return;
    }
    if (query->what == CAN_SET && query->fields_n == 0)
        ask_any(in, query, creator, answer);
    ask_fields(in, query, creator, answer);
}

enum err store_can(struct store *store, const struct viewer *viewer,
    const struct can_query *query, struct can_answer *answer)
{
    struct object *object = NULL;
    char *creator = NULL;
    struct viewer in;
    enum err err = ERR_OK;

    if (query->what != CAN_ADD)
        err = object_load(
            store, viewer->team, query->kind, query->id, 0, &object, &creator);
    if (err == ERR_OK)
        err = store_enter(
            store, viewer, object ? object->tender : query->tender, &in);
    if (err == ERR_OK)
        ask(&in, query, creator ? creator : viewer->user, answer);
    object_free(&object);
    free(creator);
    return err;
}
