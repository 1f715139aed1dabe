/* SPDX-License-Identifier: Apache-2.0
 *
 * base_mem.c - memory that never fails silently.
 */
#include "protocol/base_mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void insist_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "bug: %s:%d: not true: %s\n", file, line, what);
    abort();
}

void *mem_new(size_t size)
{
    void *made = calloc(1, size ? size : 1);

    INSIST(made != NULL);
    return made;
}

void *mem_grow(void *array, size_t *room, size_t need, size_t size)
{
    size_t more = *room ? *room : 8;

    if (need <= *room)
        return array;
    while (more < need) {
        INSIST(more <= SIZE_MAX / 2);
        more *= 2;
    }
    INSIST(more <= SIZE_MAX / size);
    char *moved = realloc(array, more * size);
    INSIST(moved != NULL);
    memset(moved + *room * size, 0, (more - *room) * size);
    *room = more;
    return moved;
}

char *mem_copy(const char *bytes, size_t len)
{
    char *made = mem_new(len + 1);

    if (len)
        memcpy(made, bytes, len);
    return made;
}

char *mem_text(const char *text)
{
    return text ? mem_copy(text, strlen(text)) : NULL;
}
