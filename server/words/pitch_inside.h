/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch_inside.h - what the files that write a proposition, and prepare a
 * meeting, share; nobody else's.
 *
 * Everything here runs on a worker thread.
 */
#ifndef SERVER_WORDS_PITCH_INSIDE_H
#define SERVER_WORDS_PITCH_INSIDE_H

#include "protocol/phrase.h"
#include "protocol/spell.h"
#include "server/figure/figures.h"
#include "server/figure/tender_maker.h"
#include "value/users/users.h"
#include "value/words/pitch.h"
#include "value/words/readable.h"
#include "value/words/speech.h"

/* To whom one speaks in a tender, in which role, and what they know. */
struct addressee {
    const struct object *party, *org; /* org: of a person, or NULL */
    const struct object *stake;       /* its own, else of its org; or NULL */
    const char *audience;             /* a word of message.audience */
    enum speech_level level;
    const char *level_by; /* given, stake, topic or default */
};

/* NEEDS_MOST: of all levels, the most needs that one names. */
enum { GAPS_MOST = 8, NEEDS_MOST = 8 };

/* What is left out where a text is longer than its level reads, what matters
 * least first; beyond SHED_DETAILS one need after the other, the last first. */
enum shed { SHED_NOTHING, SHED_PURPOSE, SHED_USAGE, SHED_DETAILS };

struct pitching {
    struct figures *f;
    struct maker maker; /* lends helpers; makes nothing */
    struct addressee to;
    enum language language;
    struct spell_money money;
    const struct object *lot;   /* the lot, also where it is the only one */
    struct award_result *award; /* NULL: facts are missing */
    struct users_result *users; /* NULL likewise */
    struct pitch *plan;         /* NULL: no bid of ours, or no needs */
    size_t segment;             /* that they are; MODEL_NOWHERE */
    struct readable count;      /* of all that was said */
    const struct object *proved[NEEDS_MOST]; /* elements, so far */
    size_t proved_n;
    size_t shed; /* of enum shed and beyond: what is left out */
    bool trial;  /* counted and not said */
    /* What the next phrase is filled with, and is about. */
    struct phrase_gap gaps[GAPS_MOST];
    struct text values[GAPS_MOST];
    size_t gaps_n;
    const struct object *about[GAPS_MOST];
    size_t about_n;
};

/**
 * addressee_find - who is meant
 *
 * Takes   word      decider, payer, distributor, or a party
 *         audience  "" NULL: by their roles
 *         level     NULL: by what is recorded
 * Gives   *to
 * Errors  ERR_NONE  nobody is; ERR_STATE  has no role in the tender; ERR_ARG
 *         a word that is none, all in *fault
 * Thread  worker
 */
enum err addressee_find(const struct maker *maker, const struct object *tender,
    const char *word, const char *audience, const char *level,
    struct addressee *to, struct fault *fault) MUST_USE;

/**
 * addressee_of - what is recorded of a party
 *
 * Gives   *to  its audience NULL where it has no role
 * Thread  worker
 */
void addressee_of(const struct maker *maker, const struct object *tender,
    const struct object *party, struct addressee *to);

/**
 * addressee_has - whether they, or who employs them, have a role
 *
 * Gives   true or false
 * Thread  worker
 */
bool addressee_has(const struct addressee *to, const char *role);

/**
 * pitch_party - the party that a reference names
 *
 * Gives   NULL when there is none
 * Thread  worker
 */
const struct object *pitch_party(
    const struct record *record, const struct datum *ref);

/**
 * pitch_label - the name or title of an object, else its code or id
 *
 * Gives   *to grown
 * Thread  worker
 */
void pitch_label(struct text *to, const struct object *object);

/**
 * pitch_gap - fill a gap of the next phrase by words
 *
 * Gives   the text to write it to
 * Thread  worker
 */
struct text *pitch_gap(struct pitching *p, const char *name);

/**
 * pitch_plain - fill a gap by a text that somebody typed, on one line
 *
 * Gives   the gap filled, without a full stop behind
 * Thread  worker
 */
void pitch_plain(struct pitching *p, const char *name, const char *value);

/**
 * pitch_behind_colon - the same, of a text that stands behind a colon
 *
 * Gives   as pitch_plain; a first word such as an article without its capital
 * Thread  worker
 */
void pitch_behind_colon(
    struct pitching *p, const char *name, const char *value);

/**
 * pitch_about - name an object that the next phrase is about
 *
 * Gives   its kind as a key of the row; where gap is not NULL its label
 *         fills that gap
 * Thread  worker
 */
void pitch_about(
    struct pitching *p, const char *gap, const struct object *object);

/**
 * pitch_say - say a phrase, if there is one for this addressee
 *
 * Gives   a row, or none; gaps empty again either way
 * Thread  worker
 */
bool pitch_say(struct pitching *p, enum move move);

/**
 * pitch_lack - tell who writes what is not recorded, with a line to send
 *
 * Takes   what    a word
 *         line    "*" stands for the object
 *         object  its code or id is told, too
 * Gives   a row with why
 * Thread  worker
 */
void pitch_lack(struct pitching *p, const char *what, const char *line,
    const struct object *object, enum text_id why);

/**
 * pitch_advise - tell who writes what to mind
 *
 * Takes   what    a word
 *         object  that it is about, or NULL
 * Gives   a row with why
 * Thread  worker
 */
void pitch_advise(struct pitching *p, const char *what,
    const struct object *object, enum text_id why);

/**
 * pitch_degree - fill the gap "degree" by how far, in words
 *
 * Gives   the gap filled
 * Thread  worker
 */
void pitch_degree(struct pitching *p, int64_t micro);

/**
 * pitch_share - fill a gap by a share in percent
 *
 * Gives   the gap filled
 * Thread  worker
 */
void pitch_share(struct pitching *p, const char *gap, int64_t micro);

/**
 * pitch_speaks - whether a move says something to this audience, at any level
 *
 * Gives   true or false
 * Thread  worker
 */
bool pitch_speaks(const struct pitching *p, enum move move);

/**
 * pitch_needing - whose needs a proposition is about
 *
 * Takes   p  with to
 * Gives   the party itself where it weighs needs, else who employs it, else
 *         who decides; the party where nobody weighs any
 * Thread  worker
 */
const struct object *pitch_needing(const struct pitching *p);

/**
 * pitch_named - how many needs are named
 *
 * Gives   as many as the level hears of, less what is left out; 1 at least
 * Thread  worker
 */
size_t pitch_named(const struct pitching *p);

/**
 * pitch_needs - the needs that they are told of, with proof
 *
 * Gives   rows
 * Thread  worker
 */
void pitch_needs(struct pitching *p);

/**
 * pitch_points - our offer by the criteria
 *
 * Gives   rows
 * Thread  worker
 */
void pitch_points(struct pitching *p);

/**
 * pitch_users - what users find in it, and what it is beyond today
 *
 * Gives   rows
 * Thread  worker
 */
void pitch_users(struct pitching *p);

/**
 * pitch_price - price, budget, shares and margins
 *
 * Gives   rows
 * Thread  worker
 */
void pitch_price(struct pitching *p);

/**
 * pitch_close - what to remember, what to ask, what comes next
 *
 * Gives   rows
 * Thread  worker
 */
void pitch_close(struct pitching *p);

#endif
