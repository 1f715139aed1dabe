/* SPDX-License-Identifier: Apache-2.0
 *
 * right.c - who may see and who may change.
 *
 * Pure: no table is read here, so that the whole of the rights can be read,
 * and tested, on one page and in rights.def.
 */
#include "db/right.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kind_right {
    enum role add, set, del, own;
};

static const struct kind_right kind_rights[KIND_COUNT] = {
#define RIGHT(kind, add, set, del, own)                                        \
    [KIND_##kind] = {ROLE_##add, ROLE_##set, ROLE_##del, ROLE_##own},
#define RIGHT_FIELD(...)
#define RIGHT_ACT(...)
#include "db/rights.def"
#undef RIGHT
#undef RIGHT_FIELD
#undef RIGHT_ACT
};

/* A kind without a row would be open to everybody. */
_Static_assert(
#define RIGHT(...) +1
#define RIGHT_FIELD(...)
#define RIGHT_ACT(...)
    0
#include "db/rights.def"
        == KIND_COUNT,
    "every kind has its row in rights.def");
#undef RIGHT
#undef RIGHT_FIELD
#undef RIGHT_ACT

static const enum role field_rights[FIELD_COUNT] = {
#define RIGHT(...)
#define RIGHT_FIELD(kind, field, set) [FIELD_##kind##_##field] = ROLE_##set,
#define RIGHT_ACT(...)
#include "db/rights.def"
#undef RIGHT
#undef RIGHT_FIELD
#undef RIGHT_ACT
};

static const enum role act_rights[RIGHT_ACT_COUNT] = {
#define RIGHT(...)
#define RIGHT_FIELD(...)
#define RIGHT_ACT(name, role) [RIGHT_##name] = ROLE_##role,
#include "db/rights.def"
#undef RIGHT
#undef RIGHT_FIELD
#undef RIGHT_ACT
};

/* Whether a name stands in ",ann,bob,". */
static bool names(const char *list, const char *name)
{
    size_t len = strlen(name);

    if (list == NULL)
        return false;
    for (const char *p = list; *p == ',' && p[1]; p += strcspn(p, ",")) {
        p++;
        if (strcspn(p, ",") == len && memcmp(p, name, len) == 0)
            return true;
    }
    return false;
}

static bool is_in_scope(const struct viewer *viewer, uint64_t tender)
{
    char id[24];

    if (viewer->tenders == NULL)
        return true;
    (void)snprintf(id, sizeof id, "%" PRIu64, tender);
    return names(viewer->tenders, id);
}

bool right_sees(
    const struct viewer *viewer, uint64_t tender, const char *members)
{
    if (tender != 0 && !is_in_scope(viewer, tender))
        return false;
    return members == NULL || *members == '\0' || names(members, viewer->user);
}

static enum role role_in(
    const struct viewer *viewer, const struct people *people)
{
    if (people == NULL || viewer->role == ROLE_OWNER)
        return viewer->role;
    if (names(people->readers, viewer->user))
        return ROLE_READER;
    if (names(people->scorers, viewer->user))
        return ROLE_SCORER;
    if (names(people->editors, viewer->user))
        return ROLE_EDITOR;
    return names(people->owners, viewer->user) ? ROLE_OWNER : viewer->role;
}

struct viewer right_in(
    const struct viewer *viewer, uint64_t tender, const struct people *people)
{
    struct viewer in = *viewer;

    in.role = role_in(viewer, people);
    if (in.most != ROLE_NONE && in.role > in.most)
        in.role = in.most;
    if (!is_in_scope(viewer, tender) && in.role > ROLE_READER)
        in.role = ROLE_READER;
    return in;
}

static bool is_own(
    const struct viewer *viewer, enum kind kind, const char *author)
{
    return kind_rights[kind].own != ROLE_NONE &&
           viewer->role >= kind_rights[kind].own &&
           strcmp(viewer->user, author) == 0;
}

bool right_adds(const struct viewer *viewer, enum kind kind)
{
    return viewer->role >= kind_rights[kind].add;
}

bool right_sets(const struct viewer *viewer, size_t field, const char *author)
{
    enum kind kind = fields[field].kind;

    if (field_rights[field] != ROLE_NONE)
        return viewer->role >= field_rights[field];
    return viewer->role >= kind_rights[kind].set ||
           is_own(viewer, kind, author);
}

bool right_deletes(
    const struct viewer *viewer, enum kind kind, const char *author)
{
    return viewer->role >= kind_rights[kind].del ||
           is_own(viewer, kind, author);
}

bool right_acts(const struct viewer *viewer, enum right_act act)
{
    return viewer->role >= act_rights[act];
}

const char *right_needed(enum kind kind, size_t field, bool del)
{
    const struct kind_right *right = &kind_rights[kind];

    if (del)
        return role_word(right->del);
    if (field == FIELD_COUNT)
        return role_word(right->add);
    return role_word(
        field_rights[field] != ROLE_NONE ? field_rights[field] : right->set);
}

enum role right_act_role(enum right_act act)
{
    return act_rights[act];
}

void people_fini(struct people *people)
{
    free(people->members);
    free(people->readers);
    free(people->scorers);
    free(people->editors);
    free(people->owners);
    *people = (struct people){0};
}
