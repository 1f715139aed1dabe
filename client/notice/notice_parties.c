/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_parties.c - organisations of a notice as parties of the team: found
 * again when the team has them, added when they take part.
 */
#include "client/notice/notice_draft.h"

#include <string.h>
#include <strings.h>

/* What is written where a number is asked for and there is none. */
static const char *const no_numbers[] = {"not available", "not applicable",
    "not known", "unknown", "none", "n/a", "n.a.", "na", "nil", "null", "no",
    "-", "--", ".", "x", "xx", "xxx", "nc", "n.c.", "sans objet",
    "non communiqué", "non disponible", "k.a.", "keine angabe", "keine"};

static const char *number_of(const struct notice_org *org)
{
    if (org->registration == NULL ||
        strspn(org->registration, "0 ") == strlen(org->registration))
        return NULL;
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++)
        if (strcasecmp(org->registration, no_numbers[i]) == 0)
            return NULL;
    return org->registration;
}

static const char *name_of(struct draft *d, const struct notice_org *org)
{
    bool other;

    return notice_pick(&org->name, d->notice->language, &other);
}

void parties_start(struct draft *d)
{
    const struct known_rows *rows = &d->known->parties;

    for (size_t i = 0; i < d->notice->orgs_n; i++) {
        const struct notice_org *org = &d->notice->orgs[i];

        if (org->id && !word_map_put(&d->orgs, org->id, i))
            draft_remark(d, REMARK_TWICE, org->line, org->id, NULL, NULL);
    }
    for (size_t i = 0; i < rows->n; i++) {
        (void)word_map_put(
            &d->party_codes, known_get(&rows->all[i], "code"), i);
        (void)word_map_put(
            &d->party_numbers, known_get(&rows->all[i], "registration"), i);
        (void)word_map_put(
            &d->party_names, known_get(&rows->all[i], "name"), i);
    }
    d->parties =
        pool_new(&d->pool, (d->notice->orgs_n + 1) * sizeof *d->parties);
}

/* Whether one of two values is missing or both are the same. */
static bool may_agree(const char *a, const char *b)
{
    return a == NULL || b == NULL || *a == '\0' || *b == '\0' ||
           strcmp(a, b) == 0;
}

static const struct known_row *find_row(struct draft *d,
    const struct word_map *map, const char *word, const struct notice_org *org)
{
    size_t at = word ? word_map_find(map, word) : WORD_MAP_NONE;

    if (at == WORD_MAP_NONE)
        return NULL;
    const struct known_row *row = &d->known->parties.all[at];
    const char *sort = known_get(row, "sort");
    if (strcmp(sort, "organisation") != 0 ||
        !may_agree(known_get(row, "registration"), number_of(org)) ||
        !may_agree(known_get(row, "country"), org->country))
        return NULL;
    return row;
}

const struct known_row *party_find(struct draft *d, size_t at)
{
    const struct notice_org *org = &d->notice->orgs[at];
    const char *number = number_of(org);
    const struct known_row *row = find_row(d, &d->party_numbers, number, org);

    if (row == NULL)
        row = find_row(d, &d->party_codes, number, org);
    if (row == NULL)
        row = find_row(d, &d->party_names, name_of(d, org), org);
    return row;
}

/* The number as a code, when it can be one and no other party has it. */
static const char *code_of(
    struct draft *d, const char *number, const char *label, long line)
{
    if (number == NULL || !code_is_valid(number))
        return NULL;
    if (word_map_find(&d->party_codes, number) != WORD_MAP_NONE ||
        !code_is_free(d, KIND_PARTY, number)) {
        draft_remark(d, REMARK_CODE_TAKEN, line, label, number, NULL);
        return NULL;
    }
    return number;
}

static const char *add_party(struct draft *d, const struct notice_org *org)
{
    const char *number = number_of(org);
    const char *name = name_of(d, org);
    const char *label = name ? name : org->id;
    struct want w;

    want_start(&w, KIND_PARTY, org->line, label);
    w.prefix = 'p';
    want_value(d, &w, FIELD_PARTY_CODE, code_of(d, number, label, org->line));
    want_words(d, &w, FIELD_PARTY_NAME, &org->name);
    want_value(d, &w, FIELD_PARTY_SORT, "organisation");
    want_text(d, &w, FIELD_PARTY_REGISTRATION, number);
    want_text(d, &w, FIELD_PARTY_COUNTRY, org->country);
    if (name == NULL)
        draft_remark(d, REMARK_ORG_NAMELESS, org->line, org->id, NULL, NULL);
    return want_send(d, &w);
}

/* Two organisations of one notice are one party when number and name are the
 * same: the notice then lists it twice. */
static size_t find_planned(
    struct draft *d, const struct notice_org *org, size_t at)
{
    const char *number = number_of(org);
    const char *name = name_of(d, org);

    if (number == NULL || name == NULL)
        return at;
    const char *key = draft_text(d, "%s\n%s", number, name);
    return word_map_put(&d->planned, key, at) ? at
                                              : word_map_find(&d->planned, key);
}

static const char *make_party(struct draft *d, size_t at)
{
    const struct notice_org *org = &d->notice->orgs[at];
    const struct known_row *row = party_find(d, at);
    const char *name = name_of(d, org);

    if (row) {
        if (name && strcmp(known_get(row, "name"), name) != 0)
            draft_remark(d, REMARK_OTHER_NAME, org->line, name, row->id, NULL);
        return row->id;
    }
    size_t same = find_planned(d, org, at);
    return same == at ? add_party(d, org) : d->parties[same];
}

const char *party_name(
    struct draft *d, const char *id, const char *from, long line)
{
    size_t at = word_map_find(&d->orgs, id);

    if (at == WORD_MAP_NONE) {
        draft_remark(d, REMARK_ORG_UNKNOWN, line, from, id, NULL);
        return NULL;
    }
    if (d->parties[at] == NULL)
        d->parties[at] = make_party(d, at);
    return d->parties[at];
}

void parties_fini(struct draft *d)
{
    word_map_fini(&d->orgs);
    word_map_fini(&d->party_codes);
    word_map_fini(&d->party_numbers);
    word_map_fini(&d->party_names);
    word_map_fini(&d->planned);
}
