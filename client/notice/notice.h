/* SPDX-License-Identifier: Apache-2.0
 *
 * notice.h - what an eForms notice (UBL 2.3 XML) says, as plain records.
 *
 * Every string is the text of one element with its blanks folded; NULL where
 * the element is absent or empty.  Nothing is interpreted: a number is the
 * text that stands in the notice, a reference is the id it names.  "line" is
 * the line of the file on which the element starts.
 */
#ifndef CLIENT_NOTICE_NOTICE_H
#define CLIENT_NOTICE_NOTICE_H

#include "client/pool.h"
#include "protocol/base_text.h"
#include "protocol/err.h"
#include "protocol/texts.h"

#include <stdbool.h>
#include <stddef.h>

/* A larger file is not a notice: the largest published ones have a few MB. */
#define NOTICE_BYTES ((size_t)32 << 20)

struct notice_wording {
    const char *language; /* three letters, "" when the notice names none */
    const char *words;    /* texts in one language are joined by LF */
};

/* One text in all its languages, in the order of the notice. */
struct notice_words {
    const struct notice_wording *all;
    size_t n;
};

struct notice_amount {
    const char *number; /* NULL: no amount */
    const char *currency;
};

/* Ids that an element refers to. */
struct notice_ids {
    const char **all;
    size_t n;
};

struct notice_org {
    long line;
    const char *id;
    struct notice_words name;
    const char *registration; /* BT-501 */
    const char *country;
    const char *city;
};

struct notice_parameter {
    const char *list; /* number-weight, number-fixed, number-threshold */
    const char *code;
    const char *number;
};

struct notice_criterion {
    long line;
    const char *sort; /* price, cost, quality */
    struct notice_words name;
    struct notice_words description;
    const struct notice_parameter *parameters;
    size_t parameters_n;
    size_t block; /* which cac:AwardingCriterion of the lot, from 0 */
};

struct notice_lot {
    long line;
    bool is_group;
    const char *id;
    const char *internal_id;
    struct notice_words title;
    struct notice_words description;
    const char *nature;
    const char *cpv;
    struct notice_amount estimate;
    const char *due_date; /* as it stands: 2020-04-03+01:00 */
    const char *due_time;
    const char *duration; /* number, and its unit: MONTH, DAY, YEAR */
    const char *duration_unit;
    const char *starts;
    const char *ends;
    const struct notice_criterion *criteria;
    size_t criteria_n;
    struct notice_words formula; /* BT-543 */
    struct notice_words order;   /* BT-733 */
    struct notice_ids members;   /* the lots of a group */
};

struct notice_submissions {
    const char *code;
    const char *count;
};

struct notice_lot_result {
    long line;
    const char *id;
    const char *lot;
    const char *status; /* selec-w, open-nw, clos-nw */
    const char *reason;
    struct notice_ids tenders;
    struct notice_ids contracts;
    struct notice_ids winners; /* those of tenders that a contract names */
    struct notice_amount lowest;
    struct notice_amount highest;
    const struct notice_submissions *submissions;
    size_t submissions_n;
};

struct notice_tender {
    long line;
    const char *id;
    const char *reference; /* BT-3201 */
    const char *lot;
    const char *rank;
    const char *ranked;
    const char *variant;
    struct notice_amount value;
    const char *party; /* of a tendering party */
    bool is_settled;   /* a contract names it */
};

struct notice_party {
    long line;
    const char *id;
    struct notice_ids orgs;
};

struct notice_contract {
    long line;
    const char *id;
    const char *reference;
    const char *award_date;
    const char *issue_date;
    struct notice_ids tenders;
};

struct notice_result {
    struct notice_amount total;
    const struct notice_lot_result *lots;
    size_t lots_n;
    const struct notice_tender *tenders;
    size_t tenders_n;
    const struct notice_party *parties;
    size_t parties_n;
    const struct notice_contract *contracts;
    size_t contracts_n;
};

struct notice {
    struct pool pool; /* all that the pointers below point to */
    char digest[65];  /* SHA-256 of the bytes of the file */
    const char *file;
    long line; /* of the root element */
    const char *root;
    const char *id;
    const char *version;
    const char *procedure_id;
    const char *customization;
    const char *type;
    const char *form;
    const char *subtype;
    const char *legal_basis;
    const char *issue_date;
    const char *language;
    struct notice_ids languages;      /* the others */
    const char *changes;              /* BT-758: the notice it changes */
    struct notice_ids change_reasons; /* BT-140 */
    const struct notice_org *orgs;
    size_t orgs_n;
    struct notice_ids buyers; /* ids of orgs */
    const char *internal_id;  /* BT-22 */
    struct notice_words title;
    struct notice_words description;
    const char *nature;
    const char *cpv;
    const char *procedure; /* BT-105 */
    struct notice_amount estimate;
    long project_line; /* of cac:ProcurementProject */
    const struct notice_lot *lots;
    size_t lots_n;
    struct notice_result *result; /* NULL: no efac:NoticeResult */
    /* What was met and is worth a warning. */
    size_t repeated; /* texts that stand twice in one language */
    long repeated_line;
    size_t parts_skipped; /* neither lots nor groups */
    long parts_line;
};

/**
 * notice_read - read a notice from the bytes of its file
 *
 * Takes   bytes[len]  at most NOTICE_BYTES
 *         name        of the file, for messages
 *         language    of *why
 * Gives   *made, freed with notice_free
 * Errors  ERR_ARG    not a notice: *why says where, what stands there and
 *                    what was expected; *made is untouched
 *         ERR_LIMIT  too large; *why says so
 * Thread  any, one notice at a time
 * Cost    linear in len
 */
enum err notice_read(const char *bytes, size_t len, const char *name,
    enum language language, struct notice **made, struct text *why) MUST_USE;

/**
 * notice_free - free a notice
 *
 * Gives   *notice NULL
 * Thread  any
 */
void notice_free(struct notice **notice);

/**
 * notice_pick - one wording of a text
 *
 * Takes   language  the one preferred, or NULL
 * Gives   the words in that language, else the first words, NULL when there
 *         are none; *other whether the language is another one
 * Thread  any
 */
const char *notice_pick(
    const struct notice_words *words, const char *language, bool *other);

/**
 * notice_is_award - whether a notice tells a result
 *
 * Gives   true for award notices, also those that modify a contract
 * Thread  any
 */
bool notice_is_award(const struct notice *notice);

#endif
