/* SPDX-License-Identifier: Apache-2.0
 *
 * blank_record.c - made by store_create, kept in memory, written again.
 */
#include "tests/parts/blank_record.h"

#include "db/store.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_ROOM 256

/* As long as the program runs. */
static struct text kept;

static void keep(const char *name)
{
    char bytes[65536];
    size_t got;
    FILE *from = fopen(name, "re");

    INSIST(from != NULL);
    while ((got = fread(bytes, 1, sizeof bytes, from)) > 0)
        text_add(&kept, bytes, got);
    INSIST(fclose(from) == 0 && kept.len > 0);
}

static void write_kept(const char *folder, const char *name)
{
    INSIST(mkdir(folder, S_IRWXU) == 0 || errno == EEXIST);
    int to =
        open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

    INSIST(to >= 0);
    INSIST(write(to, kept.bytes, kept.len) == (ssize_t)kept.len);
    INSIST(close(to) == 0);
}

void blank_record_make(const char *folder)
{
    char name[NAME_ROOM];
    struct text why = {0};

    (void)snprintf(name, sizeof name, "%s/diptych.db", folder);
    if (kept.len) {
        write_kept(folder, name);
        return;
    }
    INSIST(store_create(folder, &why) == ERR_OK);
    text_fini(&why);
    keep(name);
}
