/* SPDX-License-Identifier: Apache-2.0
 *
 * right.c - who may see and who may change.
 *
 * Pure: no table is read here, so that the whole of the rights can be read,
 * and tested, on one page.
 */
#include "db/right.h"

#include <string.h>

/* What scorers may write themselves. */
static bool is_for_scorers(enum kind kind)
{
    return kind == KIND_NOTE || kind == KIND_MARK;
}

static bool is_for_owners(size_t field)
{
    return field == FIELD_TENDER_MEMBERS || field == FIELD_TENDER_STATE;
}

bool right_sees(const struct viewer *viewer, const char *members)
{
    size_t len = strlen(viewer->user);

    if (members == NULL || *members == '\0')
        return true;
    for (const char *p = members; *p == ',' && p[1]; p += strcspn(p, ",")) {
        p++;
        if (strcspn(p, ",") == len && memcmp(p, viewer->user, len) == 0)
            return true;
    }
    return false;
}

bool right_adds(const struct viewer *viewer, enum kind kind)
{
    return viewer->role >= (is_for_scorers(kind) ? ROLE_SCORER : ROLE_EDITOR);
}

bool right_sets(const struct viewer *viewer, size_t field, const char *author)
{
    if (is_for_owners(field))
        return viewer->role >= ROLE_OWNER;
    if (is_for_scorers(fields[field].kind) && viewer->role == ROLE_SCORER)
        return strcmp(viewer->user, author) == 0;
    return viewer->role >= ROLE_EDITOR;
}

bool right_deletes(
    const struct viewer *viewer, enum kind kind, const char *author)
{
    if (kind == KIND_TENDER)
        return viewer->role >= ROLE_OWNER;
    if (is_for_scorers(kind) && viewer->role == ROLE_SCORER)
        return strcmp(viewer->user, author) == 0;
    return viewer->role >= ROLE_EDITOR;
}

const char *right_needed(enum kind kind, size_t field, bool del)
{
    bool owner = del ? kind == KIND_TENDER
                     : field != FIELD_COUNT && is_for_owners(field);

    if (owner)
        return role_word(ROLE_OWNER);
    if (!del && field == FIELD_COUNT && is_for_scorers(kind))
        return role_word(ROLE_SCORER);
    return role_word(ROLE_EDITOR);
}
