/* SPDX-License-Identifier: Apache-2.0
 *
 * temp.c - making and removing a folder.
 */
#include "tests/parts/temp.h"

#include "protocol/base_mem.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

void temp_make(char *folder)
{
    (void)snprintf(folder, TEMP_ROOM, "/tmp/diptych.XXXXXX");
    INSIST(mkdtemp(folder) != NULL);
}

static int remove_one(
    const char *name, const struct stat *seen, int sort, struct FTW *place)
{
    (void)seen;
    (void)sort;
    (void)place;
    return remove(name);
}

void temp_remove(const char *folder)
{
    INSIST(nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0);
}
