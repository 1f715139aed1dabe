/* SPDX-License-Identifier: Apache-2.0
 *
 * score.h - totals of all bids, exactly, as often as prices or marks change.
 *
 * The workspace behind award.h and front.h: points per criterion, published
 * rounding, gates, the lead, and the search for the highest price that wins.
 * The model must have all that missing_blocks asks for the decider's figures.
 */
#ifndef VALUE_AWARD_SCORE_H
#define VALUE_AWARD_SCORE_H

#include "value/award/award.h"
#include "value/award/price.h"
#include "value/front/offer.h"
#include "value/linear.h"

struct corridor;
struct price_order;

struct score {
    const struct model *model;
    bool *admitted;        /* [bids_n] is compared */
    enum refused *refused; /* [bids_n] why it is not */
    enum refused *fit;     /* [bids_n] the same, looking at the bid alone */
    size_t *gate;          /* [bids_n] the first criterion, or group of
                              criteria, that refuses it */
    int64_t *marks;        /* [bids_n][criteria_n] 1/10000 */
    mpq_t *price;          /* [bids_n] */
    mpq_t *quality;        /* [bids_n] points of all but the price criteria, and
                        preference points */
    mpq_t *total;          /* [bids_n] published; valid where admitted */
    int64_t *near;         /* [bids_n] the same, rounded down to a millionth:
                              orders all but those that share one */
    mpq_t *weight;         /* [criteria_n] */
    mpq_t *per_mark; /* [criteria_n] share of the weight per 1/10000 mark */
    size_t *prices;  /* [prices_n] the price criteria */
    size_t prices_n;
    struct linear quality_of;
    bool has_levels; /* some scale is a table, or roundings differ */
    int round;       /* of all that is marked, where they do not; ROUND_TO */
    bool has_group_gates;
    bool rounds_groups; /* some group rounds what its parts earn together */
    /* Where such a group holds a price, all that do wait for its points, and
     * what is marked in each of them is kept; else NULL. */
    bool *waits;   /* [groups_n] */
    mpq_t *within; /* [bids_n][groups_n] */
    struct price_field field;
    struct price_order *rivals; /* where rules look at all; or NULL */
    enum price_looks looks;     /* the most that some price rule looks at */
    /* The criterion whose rule gives the total, or NULL: points are added. */
    const struct model_criterion *by_total;
    struct corridor *corridor; /* of quality-corridor, or NULL */
    int sign;                  /* 1 the highest total wins, -1 the lowest */
    /* Of the admitted rivals of our bid, MODEL_NOWHERE when there is none;
     * current as long as no bid is left out or taken back. */
    bool rivals_are_current;
    size_t cheapest, dearest, best_rival;
};

/**
 * score_init - read bids, ours as the offer has it
 *
 * Takes   model  kept until score_fini
 *         offer  of the same model
 * Gives   *score  with totals
 * Thread  any
 * Cost    O(bids x criteria)
 * Source  docs/value.md 3
 */
void score_init(
    struct score *score, const struct model *model, const struct offer *offer);

/**
 * score_fini - release what score_init made
 *
 * Takes   score  of score_init
 * Gives   *score without memory
 * Thread  any
 * Cost    O(bids x criteria)
 * Source  docs/value.md 3
 */
void score_fini(struct score *score);

/**
 * score_set_offer - put another offer of ours in place, and total
 *
 * Takes   offer  of the same model
 * Gives   *score  with totals
 * Thread  any, one owner at a time
 * Cost    O(criteria), and O(bids x price criteria) when the lowest or the
 *         highest price changes
 * Source  docs/value.md 10
 */
void score_set_offer(struct score *score, const struct offer *offer);

/**
 * score_leave_out - total as if one bid had not been made, or had again
 *
 * Takes   bid  one that passes its gates
 *         out  true to leave it out, false to take it back
 * Gives   *score  with totals
 * Thread  any, one owner at a time
 * Cost    O(bids x price criteria)
 * Source  docs/value.md 5
 */
void score_leave_out(struct score *score, size_t bid, bool out);

/**
 * score_depends_on - whether others may have other totals without a bid
 *
 * Takes   bid  admitted
 * Gives   false where leaving it out changes nothing for any other
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 5
 */
bool score_depends_on(const struct score *score, size_t bid);

/**
 * score_share - the share of a criterion's weight that a bid earns
 *
 * Takes   bid  admitted
 * Gives   share  mark / scale-max, or of a table of levels, or what the price
 *                rule gives; 0 of a rule that gives the total
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 3
 */
void score_share(
    const struct score *score, size_t bid, size_t criterion, mpq_t share);

/**
 * score_points - the published points of a bid on a criterion
 *
 * Takes   bid  admitted
 * Gives   points  weight x share, rounded where points per criterion are
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 3
 */
void score_points(
    const struct score *score, size_t bid, size_t criterion, mpq_t points);

/**
 * score_cell - share and points of a bid on a criterion as they are told
 *
 * Takes   bid  admitted; a criterion other than one whose rule gives the total
 * Gives   *share, *points  micro, half up, of score_share and score_points
 * Thread  any
 * Cost    O(1), in machine words where marks have no table
 * Source  docs/value.md 3
 */
void score_cell(const struct score *score, size_t bid, size_t criterion,
    int64_t *share, int64_t *points);

/**
 * score_groups - what the groups of criteria earn
 *
 * Takes   bid  admitted
 * Gives   sums  [groups_n] published points of all below each
 * Thread  any
 * Cost    O(criteria)
 * Source  docs/value.md 3
 */
void score_groups(const struct score *score, size_t bid, mpq_t *sums);

/**
 * score_unrounded - the total of a bid before any published rounding
 *
 * Takes   bid  admitted
 * Gives   total  sum of weight x share, and preference points
 * Thread  any
 * Cost    O(criteria)
 * Source  docs/value.md 6, which needs totals that are linear in the weights
 */
void score_unrounded(const struct score *score, size_t bid, mpq_t total);

/**
 * score_compare - which of two bids stands better
 *
 * Takes   one, other  admitted
 * Gives   above 0 when the first does: by published total, then by the
 *         published rule for ties; 0 when they tie
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 3
 */
int score_compare(const struct score *score, size_t one, size_t other);

/**
 * score_adds_up - whether totals are sums of weight x share
 *
 * Takes   score  any
 * Gives   false where a price rule gives the total itself
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 2
 */
bool score_adds_up(const struct score *score);

/**
 * score_best_other - the admitted bid that stands best, one bid apart
 *
 * Takes   bid  the one not looked at
 * Gives   its index, the first of several; MODEL_NOWHERE when none is left
 * Thread  any
 * Cost    O(bids)
 * Source  docs/value.md 3
 */
size_t score_best_other(const struct score *score, size_t bid);

/**
 * score_lead - points ahead of the best other bid
 *
 * Takes   bid  any
 * Gives   lead  exact, of published totals, above 0 where it stands better
 *                whichever way the rule goes; untouched when there is none
 *         true, or false: the bid is not admitted or has no admitted rival
 * Thread  any
 * Cost    O(bids)
 * Source  docs/value.md 3
 */
bool score_lead(const struct score *score, size_t bid, mpq_t lead);

/**
 * score_total - compute every total again
 *
 * Takes   score  whose price of our bid was changed
 * Gives   *score  with totals
 * Thread  any, one owner at a time
 * Cost    as score_set_offer
 * Source  docs/value.md 3
 */
void score_total(struct score *score);

/**
 * score_look_at - put our price, and see what the rules look at then
 *
 * Takes   micro  above 0; gates are passed or not as before
 * Gives   *score  of which nothing but what score_beats compares is known
 *                 before score_total
 * Thread  any, one owner at a time
 * Cost    O(bids), or O(log bids) where rules look at all
 * Source  docs/value.md 4
 */
void score_look_at(struct score *score, int64_t micro);

/**
 * score_beats - whether we stand no worse than one rival, after score_look_at
 *
 * Takes   score  our bid admitted
 *         rival  admitted
 * Gives   true when we do; both totals are current
 * Thread  any, one owner at a time
 * Cost    O(price criteria)
 * Source  docs/value.md 4
 */
bool score_beats(struct score *score, size_t rival);

/**
 * score_wins - whether a bid wins, a tie counting
 *
 * Takes   bid  any
 * Gives   true when it is admitted and no admitted bid stands better
 * Thread  any
 * Cost    O(bids)
 * Source  docs/value.md 3
 */
bool score_wins(const struct score *score, size_t bid);

/**
 * score_to_win - the highest price at which our bid wins, by a named rule
 *
 * The winning prices are all those up to some price, whatever the named rule
 * and the rounding, so halving the interval of whole millionths finds the
 * highest of them exactly: 60 totals at most, no approximation.  Of an
 * expression that is not so: winning.h is for both.
 *
 * Takes   score  all else stays fixed; no rule an expression
 * Gives   TO_WIN_AT and *micro, rounded down to a millionth; TO_WIN_ANY or
 *         TO_WIN_NONE and *micro untouched
 * Thread  any, one owner at a time
 * Cost    O(bids x price criteria), 60 times
 * Source  docs/value.md 4
 * Vector  V1 -> 512.091038
 */
enum to_win score_to_win(struct score *score, int64_t *micro);

/**
 * score_is_expression - whether some price rule is an expression
 *
 * Takes   model  any
 * Gives   true when a lower price of ours may lose where a higher one wins
 * Thread  any
 * Cost    O(criteria)
 * Source  docs/value.md 4
 */
bool score_is_expression(const struct model *model);

/**
 * score_lowest_micro - the lowest price that every rule can look at
 *
 * Takes   model  any
 * Gives   micro: 0, or 1 where a rule divides by the price
 * Thread  any
 * Cost    O(criteria)
 * Source  docs/value.md 2
 */
int64_t score_lowest_micro(const struct model *model);

#endif
