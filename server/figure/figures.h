/* SPDX-License-Identifier: Apache-2.0
 *
 * figures.h - from results of value/ to rows of a reply; nobody else's.
 *
 * Everything here runs on a worker thread and touches nothing but its own
 * struct figures.
 */
#ifndef SERVER_FIGURE_FIGURES_H
#define SERVER_FIGURE_FIGURES_H

#include "protocol/reply.h"
#include "protocol/texts.h"
#include "server/figure/long_work.h"
#include "server/figure/tender_model.h"
#include "server/session/request.h"
#include "value/award/award.h"
#include "value/missing.h"

struct award_result;
struct users_result;

struct figures {
    struct reply *r;             /* data lines */
    struct reply *last;          /* keys of the final line */
    const struct record *record; /* with= applied */
    const struct record *notes;  /* of it and of the team; lint alone */
    const struct objects *team;  /* [KIND_COUNT] of all tenders, those kinds of
                                    figure_explain_reads; explain alone */
    struct tender_model *made;   /* shared, but for a long computation */
    const char *lot; /* name of the lot in each row, NULL for none */
    bool all;        /* front: every offer */
    /* explain: which figure, of what. */
    const char *figure, *bid, *criterion, *segment;
    enum language language;
    const struct request *request; /* for keys of one verb alone */
    int64_t today;                 /* in days since 1970 */
    struct long_work *work; /* told how far a figure that takes long has come */
    struct fault *fault;
};

typedef enum err figure_fn(struct figures *f);

/**
 * figure_decider - points, rank, lead, paradoxes, flips, the price to win
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err figure_decider(struct figures *f);

/**
 * decider_notes - prices to be explained, panels, warnings
 *
 * Gives   rows, with all=yes
 * Thread  worker
 */
void decider_notes(struct figures *f, const struct award_result *a);

/**
 * figure_users - users' value by segment and bid, choice
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err figure_users(struct figures *f);

/**
 * figure_gap - needs, blind spots, divergence, agreement
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err figure_gap(struct figures *f);

/**
 * figure_front - the offers
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_STATE  facts are missing; a row each
 *         ERR_LIMIT  more possible elements than are computed exactly
 * Thread  worker
 */
enum err figure_front(struct figures *f);

/**
 * figure_discount - the price cut that makes the users' best offer win
 *
 * Gives   a row, keys of the final line
 * Errors  as figure_front
 * Thread  worker
 */
enum err figure_discount(struct figures *f);

/**
 * figure_stress - chances to win, and how little would change the winner
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_STATE        facts are missing; a row each
 *         ERR_ARG          a key of the request
 *         ERR_LIMIT        it took too long, or there are too many bids
 * Thread  worker
 */
enum err figure_stress(struct figures *f);

/**
 * figure_price - chances at prices, prices for chances, the best profit
 *
 * Gives   rows, keys of the final line
 * Errors  as figure_stress
 * Thread  worker
 */
enum err figure_price(struct figures *f);

/**
 * figure_qualify - whether to bid, and which elements earn their cost
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_ARG, ERR_NONE  a key of the request
 * Thread  worker
 */
enum err figure_qualify(struct figures *f);

/**
 * figure_amend - what an amendment of the criteria would change
 *
 * Gives   a row of how it stands now, one for each amendment
 * Errors  ERR_ARG, ERR_NONE  a key
 *         ERR_STATE          facts are missing; a row each
 *         ERR_LIMIT, ERR_UNAVAILABLE  as long_work_ended
 * Thread  worker
 */
enum err figure_amend(struct figures *f);

/**
 * figure_aid - aids for one's own judgement of the users' side
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_ARG, ERR_NONE, ERR_LIMIT  the method or a key
 *         ERR_STATE                     facts are missing; a row each
 * Thread  worker
 */
enum err figure_aid(struct figures *f);

/**
 * figure_missing - what the figures lack, a line to send for each
 *
 * Gives   rows
 * Thread  worker
 */
enum err figure_missing(struct figures *f);

/**
 * figure_explain - how one figure came about
 *
 * Gives   lines of text and the inputs with author and time
 * Errors  ERR_ARG    no such figure, or what it is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err figure_explain(struct figures *f);

/**
 * figure_explain_draws - whether a figure is one of a simulation
 *
 * Takes   word  the figure that explain is asked for
 * Gives   true for those that take long to compute
 * Thread  any
 */
bool figure_explain_draws(const char *word);

/**
 * figure_explain_reads - what a figure is made of that stands in no one tender
 *
 * Takes   word  the figure that explain is asked for
 * Gives   kinds, KIND_COUNT behind them; NULL for a figure of one tender
 * Thread  any
 */
const enum kind *figure_explain_reads(const char *word);

/**
 * figure_client - whether a party is a client, for the award and for the use
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_NONE  no such party or need
 *         ERR_ARG   by= is none of its words
 * Thread  worker
 */
enum err figure_client(struct figures *f);

/**
 * figure_map - who counts, which roles are empty, influence, decision load
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_ARG  confirmed-since= is no day
 * Thread  worker
 */
enum err figure_map(struct figures *f);

/**
 * figure_distributor - distributors: supplier or client, their brands, the
 * third proposition, the chain
 *
 * Gives   rows, keys of the final line
 * Thread  worker
 */
enum err figure_distributor(struct figures *f);

/**
 * figure_pitch - the proposition of our offer for one audience, in sentences
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_ARG, ERR_NONE, ERR_STATE  a key of the request
 * Thread  worker
 */
enum err figure_pitch(struct figures *f);

/**
 * figure_canvas - the strategy canvas
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_NONE  of= has no curve
 * Thread  worker
 */
enum err figure_canvas(struct figures *f);

/**
 * figure_nonclients - who is no client, how many, and what would convert them
 *
 * Gives   rows, keys of the final line
 * Thread  worker
 */
enum err figure_nonclients(struct figures *f);

/**
 * figures_serves - what the institution needs, and which elements serve it
 *
 * Gives   rows, where needs of who decides are recorded
 * Thread  worker
 */
void figures_serves(struct figures *f);

/**
 * figure_lint - what to mend in what we say, and in what is recorded of people
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_ARG, ERR_NONE  a key or the subject
 * Thread  worker
 */
enum err figure_lint(struct figures *f);

/**
 * figure_brief - one page before a meeting
 *
 * Gives   rows, keys of the final line
 * Errors  ERR_NONE  no such party
 * Thread  worker
 */
enum err figure_brief(struct figures *f);

/**
 * figures_lack - refuse, with a row for each missing fact
 *
 * Takes   figure  of enum figure
 * Gives   ERR_STATE
 * Thread  worker
 */
enum err figures_lack(struct figures *f, unsigned figure);

/**
 * figures_award - the award of the lot as it is recorded, or what it lacks
 *
 * Gives   *award, freed with award_free
 * Errors  ERR_STATE  rows say what is missing
 * Thread  worker
 */
enum err figures_award(struct figures *f, struct award_result **award) MUST_USE;

/**
 * figures_winning - the prices at which our bid wins, all else as recorded
 *
 * Takes   a  of figures_award
 * Gives   a row for each span, and for each that could not be settled
 * Thread  worker
 */
void figures_winning(struct figures *f, const struct award_result *a);

/**
 * figures_winning_is_plain - whether to-win says all of it
 *
 * Gives   false where a price below the highest that wins may lose
 * Thread  worker
 */
bool figures_winning_is_plain(const struct award_result *a);

/**
 * figures_users_more - what stands behind the users' proposition
 *
 * Takes   u  of users_compute on the same model
 * Gives   rows of what is recorded; all of them where f->all
 * Thread  worker
 */
void figures_users_more(struct figures *f, const struct users_result *u);

/**
 * figures_lowered - winning bids that leave captive users with less than today
 *
 * Gives   a row each; of every bid where f->all
 * Thread  worker
 */
void figures_lowered(struct figures *f);

/**
 * figures_lowers - add lowers= with the captive segments that our bid lowers
 *
 * Takes   model  in which our bid is an offer
 * Gives   the line grown, where there are some
 * Thread  worker
 */
void figures_lowers(
    struct figures *f, struct reply *r, const struct model *model);

/**
 * figures_voice - captive segments whom nobody can hear
 *
 * Takes   u  of users_compute on the same model
 * Gives   a row each; with their channels, of all captive ones, where f->all
 * Thread  worker
 */
void figures_voice(struct figures *f, const struct users_result *u);

/**
 * figures_gap_more - what stands behind the gap, where f->all
 *
 * Gives   rows of regrets, overlaps, elements, prices of needs, fidelity
 * Thread  worker
 */
void figures_gap_more(struct figures *f);

/**
 * figures_decider_more - what wins, where f->all
 *
 * Takes   a  of award_compute on the same model
 * Gives   rows of our leads by criterion, unproven claims, criteria that no
 *         element answers
 * Thread  worker
 */
void figures_decider_more(struct figures *f, const struct award_result *a);

/**
 * figures_row - begin a row; lot= stands in it where there are several
 *
 * Gives   the reply with a line begun
 * Thread  worker
 */
struct reply *figures_row(struct figures *f, const char *kind);

/**
 * figures_name - add key= with the code or id of an object
 *
 * Gives   the line grown
 * Thread  worker
 */
void figures_name(
    struct reply *r, const char *key, const struct object *object);

/**
 * figures_paradox - the row of a losing bid without which another one wins
 *
 * Gives   the reply with the line
 * Thread  worker
 */
void figures_paradox(struct figures *f, const struct award_paradox *p);

/**
 * figures_micro - add key= with a figure, unless it is absent
 *
 * Gives   the line grown
 * Thread  worker
 */
void figures_micro(struct reply *r, const char *key, int64_t value);

#endif
