/* SPDX-License-Identifier: Apache-2.0
 *
 * edges.c - which limits a unit test met at their edge, written down when its
 * process ends: as lines "limit word=at,beyond" at the end of the file that
 * $LIMITS_MET names.  Linked into every unit test; each of Check's processes
 * ends by itself.
 */
#include "protocol/limit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((destructor)) static void write_edges(void)
{
    const char *file = getenv("LIMITS_MET");
    struct text met = {0};
    struct text lines = {0};

    limit_edges(&met);
    for (const char *p = text_peek(&met); file && *p;) {
        size_t len = 0;

        while (p[len] && p[len] != ' ')
            len++;
        text_printf(&lines, "limit %.*s\n", (int)len, p);
        p += len + (p[len] == ' ');
    }
    /* One write appends as a whole; what is lost is missed by the gate. */
    int fd = lines.len
                 ? open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)
                 : -1;
    if (fd >= 0) {
        if (write(fd, lines.bytes, lines.len) < 0)
            _exit(EXIT_FAILURE);
        (void)close(fd);
    }
    text_fini(&met);
    text_fini(&lines);
}
