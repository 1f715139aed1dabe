/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_match.c - which tender a notice is about.
 *
 * Identifiers alone do not decide: converters of old notices give all the
 * same ones.  A notice under a recorded procedure updates it when it says
 * that it changes a notice that was imported, or when it is an award notice
 * of a buyer of it; anything else is refused rather than mixed in.
 */
#include "client/notice/notice_match.h"

#include "client/notice/notice_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_set(const char *word)
{
    return word && *word;
}

static bool is_equal(const char *a, const char *b)
{
    return is_set(a) && is_set(b) && strcmp(a, b) == 0;
}

/* What was imported into the tenders: the history, or the fields of the
 * tender itself where there is no history. */
static const struct known_notice *find_imported(
    const struct notice_known *known, size_t *at, struct known_notice *made)
{
    if (*at < known->notices_n)
        return &known->notices[(*at)++];
    size_t row = *at - known->notices_n;
    if (row >= known->tenders.n)
        return NULL;
    const struct known_row *tender = &known->tenders.all[row];
    (*at)++;
    *made = (struct known_notice){
        .tender = tender->id,
        .id = known_get(tender, "notice-id"),
        .version = known_get(tender, "notice-version"),
        .digest = known_get(tender, "notice-digest"),
    };
    return made;
}

static bool is_same_version(
    const struct notice *n, const struct known_notice *imported)
{
    const char *version = n->version ? n->version : "";

    return is_equal(n->id, imported->id) &&
           strcmp(version, imported->version) == 0;
}

/* Why is said in a language, to a text. */
struct voice {
    enum language language;
    struct text *why;
};

static enum err clash(const struct voice *voice, const struct notice *n,
    struct notice_match *match, enum remark_id id)
{
    match->verdict = NOTICE_CLASHES;
    text_printf(voice->why, "%s: ", n->file);
    remark_say(voice->why, voice->language, id, match->tender->id,
        known_get(match->tender, "title"), NULL, NULL);
    return ERR_EXISTS;
}

/* The same file, or another one under the same identifier and version. */
static bool find_same(const struct notice *n, const struct notice_known *known,
    struct notice_match *match)
{
    struct known_notice made;
    const struct known_notice *imported;
    const struct known_notice *other = NULL;
    struct known_notice kept;
    size_t at = 0;

    while ((imported = find_imported(known, &at, &made)) != NULL) {
        if (is_equal(imported->digest, n->digest)) {
            match->verdict = NOTICE_KNOWN;
            match->tender = known_find(&known->tenders, imported->tender);
            return match->tender != NULL;
        }
        if (other == NULL && is_same_version(n, imported)) {
            kept = *imported;
            other = &kept;
        }
    }
    if (other == NULL)
        return false;
    match->verdict = NOTICE_CLASHES;
    match->tender = known_find(&known->tenders, other->tender);
    return match->tender != NULL;
}

/* The tender of the procedure; the last one made when there are several. */
static size_t find_procedure(const struct notice *n,
    const struct notice_known *known, struct notice_match *match)
{
    size_t count = 0;

    for (size_t i = 0; i < known->tenders.n; i++) {
        const struct known_row *row = &known->tenders.all[i];

        if (is_equal(known_get(row, "procedure-id"), n->procedure_id)) {
            match->tender = row;
            count++;
        }
    }
    return count;
}

/* Of the notices imported into the tender: the newest seq, whether one has
 * the identifier of this one, with which highest version, and whether one is
 * what this one says it changes. */
struct past {
    uint64_t seq;
    bool is_named;
    long version;
    bool is_changed;
};

/* BT-758 is an identifier with "-" and a version behind it. */
static bool is_changed_by(const struct notice *n, const char *id)
{
    size_t len = strlen(id);

    return n->changes && len && strncmp(n->changes, id, len) == 0 &&
           (n->changes[len] == '\0' || n->changes[len] == '-');
}

static struct past find_past(const struct notice *n,
    const struct notice_known *known, const struct known_row *tender)
{
    struct past past = {0};
    struct known_notice made;
    const struct known_notice *imported;
    size_t at = 0;

    while ((imported = find_imported(known, &at, &made)) != NULL) {
        if (strcmp(imported->tender, tender->id) != 0)
            continue;
        if (imported->seq > past.seq)
            past.seq = imported->seq;
        if (is_equal(n->id, imported->id)) {
            long version = strtol(imported->version, NULL, 10);

            past.is_named = true;
            if (version > past.version)
                past.version = version;
        }
        past.is_changed = past.is_changed || is_changed_by(n, imported->id);
    }
    return past;
}

/* Whether a recorded buyer is one of the notice, or one side names none. */
static bool has_common_buyer(const struct notice *n,
    const struct notice_known *known, const struct known_row *tender)
{
    const char *buyers = known_get(tender, "buyer");
    struct remarks unheard = {0};
    struct draft d = {.notice = n, .known = known, .remarks = &unheard};
    bool found = *buyers == '\0' || n->buyers.n == 0;

    parties_start(&d);
    for (size_t i = 0; i < n->buyers.n && !found; i++) {
        size_t org = word_map_find(&d.orgs, n->buyers.all[i]);
        const struct known_row *party =
            org == WORD_MAP_NONE ? NULL : party_find(&d, org);

        found = party && list_holds(buyers, party->id, strlen(party->id));
    }
    parties_fini(&d);
    pool_fini(&d.pool);
    remarks_fini(&unheard);
    return found;
}

/* Whether the notice was sent before the one that was imported last. */
static bool is_older(const struct notice *n, const struct known_row *tender)
{
    const char *date = known_get(tender, "notice-date");

    return n->issue_date && *date && strncmp(n->issue_date, date, 10) < 0;
}

static enum err judge_procedure(const struct notice *n,
    const struct notice_known *known, struct notice_match *match,
    const struct voice *voice)
{
    struct past past = find_past(n, known, match->tender);
    bool older = is_older(n, match->tender);

    match->seq = past.seq;
    if (past.is_named) {
        long version = n->version ? strtol(n->version, NULL, 10) : 0;

        match->verdict = version > past.version ? NOTICE_UPDATES : NOTICE_FILLS;
        return ERR_OK;
    }
    match->verdict = older ? NOTICE_FILLS : NOTICE_UPDATES;
    if (past.is_changed)
        return ERR_OK;
    if (!has_common_buyer(n, known, match->tender))
        return clash(voice, n, match, REMARK_OTHER_BUYERS);
    if (notice_is_award(n) || n->changes || older)
        return ERR_OK;
    return clash(voice, n, match, REMARK_NOT_A_CHANGE);
}

enum err notice_match(const struct notice *n, const struct notice_known *known,
    bool as_new, enum language language, struct remarks *remarks,
    struct notice_match *match, struct text *why)
{
    struct notice_match found = {.verdict = NOTICE_NEW};
    struct voice voice = {language, why};
    enum err err = ERR_OK;
    size_t count;

    if (!as_new && find_same(n, known, &found)) {
        if (found.verdict == NOTICE_CLASHES)
            err = clash(&voice, n, &found, REMARK_SAME_VERSION);
    } else if (!as_new && (count = find_procedure(n, known, &found)) > 0) {
        char word[24];

        (void)snprintf(word, sizeof word, "%zu", count);
        if (count > 1)
            remarks_add(remarks, REMARK_SEVERAL, 0, n->procedure_id, word,
                found.tender->id, NULL);
        err = judge_procedure(n, known, &found, &voice);
    }
    *match = found;
    return err;
}
