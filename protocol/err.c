/* SPDX-License-Identifier: Apache-2.0
 *
 * err.c - look-ups in the table of errors.
 */
#include "protocol/err.h"

#include <string.h>

static const struct row {
    const char *word;
    int status;
    const char *text[2];
} rows[ERR_COUNT] = {
    [ERR_OK] = {"ok", 0, {"Done.", "Fait."}},
#define ERR(id, word, status, en, fr) [ERR_##id] = {word, status, {en, fr}},
#include "protocol/errors.def"
#undef ERR
};

const char *err_word(enum err err)
{
    return rows[err].word;
}

enum err err_find(const char *word)
{
    for (int i = 0; i < ERR_COUNT; i++)
        if (strcmp(rows[i].word, word) == 0)
            return (enum err)i;
    return ERR_INTERNAL;
}

int err_status(enum err err)
{
    return rows[err].status;
}

const char *err_text(enum err err, int french)
{
    return rows[err].text[french != 0];
}
