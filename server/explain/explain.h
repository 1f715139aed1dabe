/* SPDX-License-Identifier: Apache-2.0
 *
 * explain.h - what the files that explain figures share; nobody else's.
 *
 * All of it runs on a worker thread.
 */
#ifndef SERVER_EXPLAIN_EXPLAIN_H
#define SERVER_EXPLAIN_EXPLAIN_H

#include "server/explain/explain_find.h"
#include "server/figure/figures.h"

/* A number inside a sentence. */
struct number {
    char text[32];
};

/**
 * explain_say - a line of text
 *
 * Takes   format  as of printf
 * Gives   the reply grown
 * Thread  worker
 */
void explain_say(struct figures *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * explain_micro - a figure as text
 *
 * Gives   "none" for MODEL_ABSENT
 * Thread  any
 */
struct number explain_micro(int64_t value);

/**
 * explain_decimal - a recorded number as text
 *
 * Gives   "none" for MODEL_ABSENT
 * Thread  any
 */
struct number explain_decimal(int64_t value);

/**
 * explain_count - how many draws, of which a tie counts its part
 *
 * Gives   a whole number where it is one, else six decimals
 * Thread  any
 */
struct number explain_count(double draws);

/**
 * explain_input - a row with a recorded value, its author and time
 *
 * Takes   field  of the kind of the object
 * Gives   the reply grown, unless the value is empty
 * Thread  worker
 */
void explain_input(struct figures *f, const struct object *o, size_t field);

struct offer;

/**
 * explain_cover - how far a bid covers a need, as text
 *
 * Gives   the exact number where four decimals hold it, else six
 * Thread  any
 */
struct number explain_cover(const struct offer *offer, size_t bid, size_t need);

/**
 * explain_importance - what a need is recorded to weigh to a party
 *
 * Gives   input rows
 * Thread  worker
 */
void explain_importance(
    struct figures *f, const struct object *party, const struct object *need);

/**
 * explain_levels - what a bid or an alternative is recorded to cover of a need
 *
 * Gives   input rows
 * Thread  worker
 */
void explain_levels(
    struct figures *f, const struct object *offer, const struct object *need);

/**
 * explain_reaches - what is recorded of what a party can reach
 *
 * Gives   input rows
 * Thread  worker
 */
void explain_reaches(struct figures *f, const struct object *party);

/**
 * explain_covers - how the coverage of a need came about
 *
 * Gives   input rows; of our bid also what elements that are always in make
 *         of it
 * Thread  worker
 */
void explain_covers(struct figures *f, size_t bid, size_t need);

/**
 * explain_mark - how the mark of a bid on a criterion came about
 *
 * Takes   used  the mark that the points are made of, micro
 * Gives   lines where several gave it, or elements change it
 * Thread  worker
 */
void explain_mark(struct figures *f, int64_t used, size_t bid, size_t k);

/**
 * explain_our_price - our price with the elements that are always in
 *
 * Takes   price  that came of it, micro
 * Gives   a line and the costs, where there are such elements
 * Thread  worker
 */
void explain_our_price(struct figures *f, int64_t price);

struct users_result;

/**
 * explain_mean_of - a mean over segments by their heads
 *
 * Takes   values    [segments_n] micro; MODEL_ABSENT of one that does not count
 *         captives  over captive segments alone
 *         mean      that came of it, or MODEL_ABSENT
 * Gives   a line
 * Thread  worker
 */
void explain_mean_of(struct figures *f, const struct users_result *u,
    const int64_t *values, bool captives, int64_t mean);

/**
 * explain_ends_of - the least and the most over segments
 *
 * Takes   values    as explain_mean_of
 *         min, max  that came of it
 * Gives   two lines, unless no segment counts
 * Thread  worker
 */
void explain_ends_of(
    struct figures *f, const int64_t *values, int64_t min, int64_t max);

/**
 * explain_share - the arithmetic by which a price earns its share
 *
 * Takes   bid        admitted
 *         criterion  whose points come from prices
 * Gives   *to grown by an expression with numbers in it
 *         false: an expression that was typed, a rule that gives the total, or
 *         prices between which the rule does not tell; *to untouched
 * Thread  worker
 */
bool explain_share(struct figures *f, const struct award_result *a, size_t bid,
    size_t criterion, struct text *to);

/**
 * explain_by_total - the arithmetic of a rule that gives the total itself
 *
 * Gives   as explain_share
 * Thread  worker
 */
bool explain_by_total(struct figures *f, const struct award_result *a,
    size_t bid, size_t criterion, struct text *to);

/**
 * explain_corridor - who is within the corridor of quality-corridor
 *
 * Takes   criterion  whose rule it is
 * Gives   lines and rows
 * Thread  worker
 */
void explain_corridor(
    struct figures *f, const struct award_result *a, size_t criterion);

/**
 * explain_corridor_lead - the lead of a bid by its two stages
 *
 * Takes   bid        admitted
 *         criterion  as explain_corridor
 * Gives   a line, where there is a rival
 * Thread  worker
 */
void explain_corridor_lead(struct figures *f, const struct award_result *a,
    size_t bid, size_t criterion);

/**
 * explain_winning - the prices that win, where to-win does not say all of it
 *
 * Takes   a  of figures_award
 * Gives   lines, or none
 * Thread  worker
 */
void explain_winning(struct figures *f, const struct award_result *a);

/**
 * explain_stages - the two thresholds of our price
 *
 * Takes   criterion  as explain_corridor
 * Gives   lines, where totals are not rounded
 * Thread  worker
 */
void explain_stages(
    struct figures *f, const struct award_result *a, size_t criterion);

/**
 * explain_near_to_win - our lead just below the price to win and just above
 *
 * Takes   a  of the tender as it is recorded
 * Gives   lines, where there is such a price
 * Thread  worker
 */
void explain_near_to_win(struct figures *f, const struct award_result *a);

/**
 * explain_award - points, total, lead, rank, price to win, flips
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_award(struct figures *f);

/**
 * explain_chance - chances, confidence factors, one draw
 *
 * Gives   lines and rows
 * Errors  as figure_stress; ERR_ARG what the figure is of is not named
 * Thread  worker
 */
enum err explain_chance(struct figures *f);

struct chance;

/**
 * explain_wins - the chance of one bid
 *
 * Takes   c    ready to draw
 *         bid  of the figures
 * Gives   lines and rows
 * Errors  as figure_stress
 * Thread  worker
 */
enum err explain_wins(struct chance *c, size_t bid) MUST_USE;

/**
 * explain_shares - what the elements of in= bring; over=: one of them
 *
 * Takes   chance  with in= read
 * Gives   lines and rows
 * Errors  ERR_ARG  no element, or more than six
 * Thread  worker
 */
enum err explain_shares(struct chance *chance) MUST_USE;

/**
 * explain_draw - the draw number=, to be followed by hand
 *
 * Takes   c  ready to draw
 * Gives   rows of what was drawn, and the prices that win it
 * Errors  ERR_ARG  number= is none of the draws
 * Thread  worker
 */
enum err explain_draw(struct chance *c) MUST_USE;

/**
 * explain_orders - chances by order of importance, of bid=: with criterion=
 * first, or in the order of over=
 *
 * Takes   c  ready to draw
 * Gives   lines
 * Errors  as figure_stress; ERR_ARG what the figure is of is not named
 * Thread  worker
 */
enum err explain_orders(struct chance *c) MUST_USE;

/**
 * explain_front - our bid with the elements of in=
 *
 * Gives   lines and rows
 * Errors  as figure_front
 * Thread  worker
 */
enum err explain_front(struct figures *f);

/**
 * explain_discount - the cut that makes our bid with the elements of in= win
 *
 * Gives   lines and rows
 * Errors  as figure_discount
 * Thread  worker
 */
enum err explain_discount(struct figures *f);

/**
 * explain_qualify - score, floors, expected value, verdict
 *
 * Gives   lines and rows
 * Errors  as figure_qualify
 * Thread  worker
 */
enum err explain_qualify(struct figures *f);

/**
 * explain_firm - what would change the winner, and shares of elements
 *
 * Gives   lines and rows
 * Errors  as figure_stress; ERR_ARG what the figure is of is not named
 * Thread  worker
 */
enum err explain_firm(struct figures *f);

/**
 * explain_marks - the marks of a bid on a criterion
 *
 * Gives   input rows
 * Thread  worker
 */
void explain_marks(struct figures *f, const struct object *bid,
    const struct object *criterion);

/**
 * explain_panel - mean, deviation, range and moderation of bid= criterion=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG, ERR_NONE  what the figure is of
 * Thread  worker
 */
enum err explain_panel(struct figures *f);

/**
 * explain_flip - the change of the weight of criterion= that makes a tie
 *
 * Gives   a line and rows
 * Errors  ERR_ARG, ERR_NONE  what the figure is of
 * Thread  worker
 */
enum err explain_flip(struct figures *f, const struct award_result *a);

/**
 * explain_ahead - our lead on criterion=
 *
 * Gives   lines
 * Errors  ERR_ARG, ERR_NONE  what the figure is of
 *         ERR_STATE          facts are missing; a row each
 * Thread  worker
 */
enum err explain_ahead(struct figures *f);

/**
 * explain_paradox - totals without bid=
 *
 * Gives   rows and a line
 * Errors  as explain_ahead
 * Thread  worker
 */
enum err explain_paradox(struct figures *f);

/**
 * explain_low_price - the limits of the tests of low prices, for bid=
 *
 * Gives   lines and a row
 * Errors  as explain_ahead
 * Thread  worker
 */
enum err explain_low_price(struct figures *f);

/**
 * explain_tau - how far points and users rank bids alike: over=mean (unless
 *               told), captives, or segment=
 *
 * Gives   rows and a line
 * Errors  as explain_ahead
 * Thread  worker
 */
enum err explain_tau(struct figures *f);

/**
 * explain_users - value, mean, choice
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_users(struct figures *f);

/**
 * explain_gap - gap, divergence, fidelity: of need=; over segment=, those
 * whom the party of over= represents, or all
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_gap(struct figures *f);

/**
 * explain_net - value less effort, of segment= or of all
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_net(struct figures *f);

/**
 * explain_advantage - gain and loss of bid= for segment= over=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_advantage(struct figures *f);

/**
 * explain_better - the share of heads that bid= leaves better off than over=
 *
 * Gives   lines and rows
 * Errors  as explain_advantage
 * Thread  worker
 */
enum err explain_better(struct figures *f);

/**
 * explain_element - what the element of in= brings to either side
 *
 * Gives   lines and a row
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_element(struct figures *f);

/**
 * explain_asked - opportunity, kano, qfd of need= in segment=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_asked(struct figures *f);

/**
 * explain_worth - value for money of bid=
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_worth(struct figures *f);

/**
 * explain_regret - what each side loses when the other one chooses
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_regret(struct figures *f);

/**
 * explain_shadow - what need= costs in points
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    what the figure is of is not named
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_shadow(struct figures *f);

/**
 * explain_flexibility - the class of flexibility over=: its weight, and what
 * of it our offer covers
 *
 * Gives   lines and rows
 * Errors  ERR_ARG    no such class
 *         ERR_STATE  facts are missing; a row each
 * Thread  worker
 */
enum err explain_flexibility(struct figures *f);

#endif
