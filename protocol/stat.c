/* SPDX-License-Identifier: Apache-2.0
 *
 * stat.c - the table of what is counted.
 */
#include "protocol/stat.h"

#include <string.h>

#define COUNTER true
#define GAUGE   false
#define TEAM    false
#define SERVER  true
const struct stat_row stat_rows[STAT_COUNT] = {
#define STAT(id, word, sort, unit, scope, en, fr)                              \
    [STAT_##id] = {word, sort, unit, scope, {en, fr}},
#include "protocol/stats.def"
#undef STAT
};
#undef COUNTER
#undef GAUGE
#undef TEAM
#undef SERVER

enum stat_id stat_find(const char *word)
{
    enum stat_id id = 0;

    while (id < STAT_COUNT && strcmp(stat_rows[id].word, word) != 0)
        id++;
    return id;
}
