/* SPDX-License-Identifier: Apache-2.0
 *
 * texts.c - the table of sentences.
 */
#include "protocol/texts.h"

static const char *const rows[TEXT_COUNT][2] = {
#define TEXT(id, en, fr) [TEXT_##id] = {en, fr},
#include "protocol/texts.def"
#undef TEXT
};

const char *text_of(enum text_id id, enum language language)
{
    return rows[id][language];
}
