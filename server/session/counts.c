/* SPDX-License-Identifier: Apache-2.0
 *
 * counts.c - numbers and times of each team.
 */
#include "server/session/counts.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <time.h>

struct counts *counts_of(struct counts **first, uint64_t team)
{
    struct counts *counts = *first;

    while (counts && counts->team != team)
        counts = counts->next;
    if (counts == NULL) {
        counts = mem_new(sizeof *counts);
        counts->team = team;
        counts->next = *first;
        *first = counts;
    }
    return counts;
}

struct verb_counts *counts_verb(struct counts *counts, enum command_id verb)
{
    if (counts->verb[verb] == NULL)
        counts->verb[verb] = mem_new(sizeof *counts->verb[verb]);
    return counts->verb[verb];
}

void counts_free(struct counts **first)
{
    while (*first) {
        struct counts *counts = *first;

        *first = counts->next;
        for (int i = 0; i < CMD_COUNT; i++)
            free(counts->verb[i]);
        free(counts);
    }
}

uint64_t counts_now_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}
