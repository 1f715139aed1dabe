/* SPDX-License-Identifier: Apache-2.0
 *
 * event.c - sharing and freeing of events.
 *
 * Counting is not atomic: an event belongs to one thread at a time.
 */
#include "db/event.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

bool event_did(const char *name, const char *verb)
{
    const char *dot = strchr(name, '.');

    return dot && strcmp(dot + 1, verb) == 0;
}

void event_drop(struct event **event)
{
    struct event *e = *event;

    *event = NULL;
    if (e == NULL)
        return;
    INSIST(e->shares > 0);
    if (--e->shares > 0)
        return;
    free(e->name);
    free(e->author);
    free(e->after);
    free(e->before);
    free(e->members);
    text_fini(&e->told);
    free(e);
}

void events_add(struct events *events, struct event *event)
{
    events->list = mem_grow(
        events->list, &events->room, events->n + 1, sizeof(struct event *));
    events->list[events->n++] = event;
}

void events_fini(struct events *events)
{
    for (size_t i = 0; i < events->n; i++)
        event_drop(&events->list[i]);
    free(events->list);
    *events = (struct events){0};
}
