/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_draft.h - the making of a plan: one wanted object after another is
 * compared with the record and becomes an add, a set, or nothing.
 *
 * For the files that plan; notice_commands.h is what others include.
 */
#ifndef CLIENT_NOTICE_NOTICE_DRAFT_H
#define CLIENT_NOTICE_NOTICE_DRAFT_H

#include "client/notice/notice.h"
#include "client/notice/notice_known.h"
#include "client/notice/notice_plan.h"
#include "client/notice/notice_remarks.h"
#include "client/word_map.h"

/* Fields that an import gives to one object, at most. */
#define WANT_FIELDS 24

struct want {
    enum kind kind;
    long line;         /* of the notice */
    const char *label; /* what remarks call it */
    char prefix;       /* of its $name when it is added; 0: none is needed */
    const struct known_row *then; /* as the last import left it, or NULL */
    const struct known_row *now;  /* as it is, or NULL */
    struct want_field {
        size_t field;
        const char *value; /* "" clears the field */
    } fields[WANT_FIELDS];
    size_t n;
};

/* The objects of one kind in the record, found by a key that the planner
 * makes of a row. */
struct view {
    const struct known_rows *then, *now;
    struct word_map by_then, by_now, by_id; /* by_id: of now */
};

struct draft {
    const struct notice *notice;
    const struct notice_known *known;
    struct remarks *remarks;
    struct notice_plan *plan;
    struct pool pool;            /* strings of the draft */
    const struct known_row *now; /* the tender that is updated, or NULL */
    const struct known_row *then;
    const char *tender;   /* how requests name the tender: "$t" or its id */
    bool fill;            /* an older notice: only what is empty is set */
    const char *currency; /* of the tender, "" when nothing says it */
    int64_t unit;         /* what 1 stands for in amounts of the tender */
    size_t names;         /* $names handed out */
    /* By place in the notice. */
    const char **parties; /* how requests name an org; NULL: not yet */
    const char **lots;    /* how requests name a lot; NULL: left out */
    int64_t *dues;        /* deadline of a lot, DUE_NONE when it has none */
    int64_t due;          /* the earliest of them, or DUE_NONE */
    /* From ids of the notice to places in it. */
    struct word_map orgs, lot_ids;
    /* Of recorded parties, to places among them. */
    struct word_map party_codes, party_numbers, party_names;
    struct word_map planned; /* number and name of added parties, to orgs */
    struct word_map codes;   /* codes that this plan gives, by kind */
    /* What people own: "C-1.weight", "lot/LOT-0002" for what was deleted. */
    struct word_map kept;
    struct text kept_words; /* all of it, LF between; as it will be recorded */
    bool kept_more;         /* than is recorded */
};

#define DUE_NONE INT64_MIN

/**
 * draft_text - a string of the draft, made as printf does
 *
 * Gives   a string that lives as long as the draft
 * Thread  any, one owner at a time
 */
const char *draft_text(struct draft *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * draft_remark - gather a remark
 *
 * Gives   the remarks of *d grown
 * Thread  any, one owner at a time
 */
void draft_remark(struct draft *d, enum remark_id id, long line, const char *a,
    const char *b, const char *c);

/**
 * view_init - index the rows of one kind
 *
 * Takes   key  gives the key of a row as a string of the draft, NULL for a
 *              row that has none; of rows with one key the first is found
 * Gives   *view, freed with view_fini
 * Thread  any, one owner at a time
 */
void view_init(struct draft *d, struct view *view, enum kind kind,
    const char *(*key)(struct draft *d, const struct known_row *row));

/**
 * view_find - the row with that key
 *
 * Gives   w->then, w->now: a row of the last import with where it is now, or
 *         one added since; both NULL when there is none; whether there is
 * Thread  any, one owner at a time
 */
bool view_find(const struct view *view, const char *key, struct want *w);

/**
 * view_fini - free the index
 *
 * Gives   *view all zero
 * Thread  any, one owner at a time
 */
void view_fini(struct view *view);

/**
 * key_of_code - the key that is the code of a row
 *
 * Gives   the code, NULL when it has none
 * Thread  any
 */
const char *key_of_code(struct draft *d, const struct known_row *row);

/**
 * code_is_free - take a code for what is added, once
 *
 * Takes   code  lives as long as the draft
 * Gives   false when the plan has given it to an object of that kind already
 * Thread  any, one owner at a time
 */
bool code_is_free(struct draft *d, enum kind kind, const char *code);

/**
 * kept_start - take over what people own as the tender tells it
 *
 * Takes   words  the field notice-kept
 * Gives   kept of *d
 * Thread  any, one owner at a time
 */
void kept_start(struct draft *d, const char *words);

/**
 * kept_holds - whether people own something
 *
 * Takes   owner, mark, what  "C-1" '.' "weight", or "lot" '/' "LOT-0002"
 * Gives   true or false
 * Thread  any, one owner at a time
 */
bool kept_holds(
    struct draft *d, const char *owner, char mark, const char *what);

/**
 * kept_add - remember that people own something
 *
 * Gives   kept of *d grown, unless it holds it or it has blanks
 * Thread  any, one owner at a time
 */
void kept_add(struct draft *d, const char *owner, char mark, const char *what);

/**
 * want_start - begin to say what an object shall be
 *
 * Gives   *w without fields
 * Thread  any, one owner at a time
 */
void want_start(struct want *w, enum kind kind, long line, const char *label);

/**
 * want_value - a value that is right as it is
 *
 * Takes   field  a number among all fields
 *         value  in the form in which the record prints it; "" clears; NULL
 *                says nothing
 * Gives   *w grown
 * Thread  any, one owner at a time
 */
void want_value(
    struct draft *d, struct want *w, size_t field, const char *value);

/**
 * want_text - a text of the notice, fitted to the type of the field
 *
 * Takes   words  NULL says nothing
 * Gives   *w grown, or a remark why not
 * Thread  any, one owner at a time
 */
void want_text(
    struct draft *d, struct want *w, size_t field, const char *words);

/**
 * want_words - a text of the notice in its official language
 *
 * Gives   *w grown when there is one
 * Thread  any, one owner at a time
 */
void want_words(struct draft *d, struct want *w, size_t field,
    const struct notice_words *words);

/**
 * want_number - a number of the notice, rounded to 4 decimals
 *
 * Takes   number  NULL says nothing; negative or odd ones give a remark
 * Gives   *w grown, or a remark why not
 * Thread  any, one owner at a time
 */
void want_number(
    struct draft *d, struct want *w, size_t field, const char *number);

/**
 * want_amount - an amount of the notice, in the currency and the unit that
 *               the tender counts in
 *
 * Takes   currency  the one that the field is in
 * Gives   *w grown, or a remark why not
 * Thread  any, one owner at a time
 */
void want_amount(struct draft *d, struct want *w, size_t field,
    const struct notice_amount *amount, const char *currency);

/**
 * want_day - a date of the notice, without its zone
 *
 * Gives   *w grown, or a remark why not
 * Thread  any, one owner at a time
 */
void want_day(struct draft *d, struct want *w, size_t field, const char *date);

/**
 * want_send - compare with the record and plan what differs
 *
 * Gives   how requests name the object ("$l1" or its id), a string of the
 *         draft; NULL when a person deleted it
 * Thread  any, one owner at a time
 */
const char *want_send(struct draft *d, struct want *w);

/**
 * request_send - plan one add or set, in as many requests as lines are long
 *
 * Takes   head  "add lot tender=$t" or "set L-1"
 *         as    "$l1", or NULL
 *         name  how a further set names the object
 * Gives   the plan grown
 * Thread  any, one owner at a time
 */
void request_send(struct draft *d, const struct want *w, const char *head,
    const char *as, const char *name);

/* The parts of a plan, in the order in which they are planned. */

/**
 * parties_start - index what organisations and parties there are
 *
 * Gives   the maps of *d
 * Thread  any, one owner at a time
 */
void parties_start(struct draft *d);

/**
 * party_find - the recorded party that an organisation is
 *
 * By its number (or a code that is its number), else by its name; never when
 * numbers or countries contradict.
 *
 * Takes   at  place of the organisation in the notice
 * Gives   the row; NULL when it is not recorded
 * Thread  any, one owner at a time
 */
const struct known_row *party_find(struct draft *d, size_t at);

/**
 * party_name - how requests name the party of an organisation
 *
 * The party is added when it is neither recorded nor planned.
 *
 * Takes   id    of the organisation, as in the notice
 *         from  what names it, for the remark that it is not defined
 * Gives   "$p1" or an id; NULL when the notice does not define it
 * Thread  any, one owner at a time
 */
const char *party_name(
    struct draft *d, const char *id, const char *from, long line);

/**
 * parties_fini - free what parties_start made
 *
 * Gives   its maps empty
 * Thread  any, one owner at a time
 */
void parties_fini(struct draft *d);

/**
 * tender_plan - the tender itself, but for what tells the notice
 *
 * Gives   the plan grown; tender, currency, unit and dues of *d
 * Thread  any, one owner at a time
 */
void tender_plan(struct draft *d);

/**
 * lots_plan - lots and groups
 *
 * Gives   the plan grown, lots and lot_ids of *d
 * Thread  any, one owner at a time
 */
void lots_plan(struct draft *d);

/**
 * criteria_plan - the criteria of all lots and groups
 *
 * Gives   the plan grown
 * Thread  any, one owner at a time
 */
void criteria_plan(struct draft *d);

/**
 * result_plan - bids, partners and awards of an award notice
 *
 * Gives   the plan grown
 * Thread  any, one owner at a time
 */
void result_plan(struct draft *d);

#endif
