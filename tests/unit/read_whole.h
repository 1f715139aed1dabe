/* SPDX-License-Identifier: Apache-2.0
 *
 * read_whole.h - a file that has to be there, as text.
 */
#ifndef TESTS_UNIT_READ_WHOLE_H
#define TESTS_UNIT_READ_WHOLE_H

#include "protocol/base_text.h"

#include <check.h>
#include <stdio.h>

static inline struct text read_whole(const char *path)
{
    struct text bytes = {0};
    char part[4096];
    size_t n;

    text_puts(&bytes, ""); /* never NULL, whatever is read */
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add(&bytes, part, n);
    (void)fclose(file);
    return bytes;
}

#endif
