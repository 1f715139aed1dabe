/* SPDX-License-Identifier: Apache-2.0
 *
 * price.h - what a price is worth by a published rule: those of rules.def.
 *
 * Most rules give a share of the criterion's weight; points are weight x
 * share, never rescaled (price.c).  Some give the total itself, of price and
 * quality together, which the highest or the lowest wins (price_total.c).
 * Relative rules look at the bids that are still admitted and at nothing else.
 * For every rule but the expressions a bid never stands better for a higher
 * price of its own, nor its rivals worse: the search for a price that wins
 * rests on that.  Irrational rules are taken to eighteen decimals (root.h).
 */
#ifndef VALUE_AWARD_PRICE_H
#define VALUE_AWARD_PRICE_H

#include "value/fraction.h"
#include "value/model.h"

/* What a rule gives. */
enum price_gives { PRICE_GIVES_SHARE, PRICE_GIVES_HIGH, PRICE_GIVES_LOW };

/* What a rule looks at beyond the bid itself. */
enum price_looks {
    PRICE_LOOKS_NOTHING,
    PRICE_LOOKS_LOWEST, /* the lowest price */
    PRICE_LOOKS_PRICES, /* the lowest and the highest */
    PRICE_LOOKS_ALL     /* every member of price_field */
};

/* Why a rule can not be applied. */
enum price_fault {
    PRICE_FINE,
    PRICE_NO_RULE,       /* no rule recorded */
    PRICE_NO_ZERO_AT,    /* the rule needs a factor above 1 */
    PRICE_NO_LIMITS,     /* set-limits needs set-min below set-max */
    PRICE_NO_POWER,      /* an exponent the rule can take */
    PRICE_NO_CEILING,    /* a discount needs set-max, above 0 */
    PRICE_NO_KNEE,       /* a share within 0 and 1 */
    PRICE_NO_REFERENCE,  /* a reference price above 0, and a quality too */
    PRICE_NO_EXPRESSION, /* a text that expression_check finds fine */
    PRICE_NO_CORRIDOR,   /* a share above 0 and below 1, and what decides */
    PRICE_NO_WEIGHT,     /* the rule divides by the weight of the price */
    PRICE_ABSENT,        /* an admitted bid has no price */
    PRICE_NEGATIVE,      /* a price below 0 */
    PRICE_ZERO           /* the rule divides by a price that is 0 */
};

/* What the rule looked at, or why it could not be applied. */
struct price_used {
    int64_t lowest, highest; /* micro, over admitted bids; MODEL_ABSENT none */
    enum price_fault fault;
    size_t bid; /* the bid at fault, or MODEL_NOWHERE */
};

/* What relative rules look at, over the bids that are admitted. */
struct price_field {
    size_t n;
    mpq_t lowest, highest, mean, median; /* prices */
    mpq_t best, poorest;                 /* quality points */
    mpq_t all_quality; /* the most quality points that can be earned */
};

/* What a rule looks at in one bid. */
struct price_bid {
    mpq_srcptr price;
    mpq_srcptr quality; /* points */
    int64_t life_cycle; /* 1/10000 */
};

/**
 * price_gives - what a criterion's rule gives
 *
 * Takes   by  a criterion whose points come from prices
 * Gives   a share, or the total that the highest or the lowest wins; a
 *         superformula with a power below 0 is won by the lowest
 * Thread  any
 * Cost    O(1)
 * Source  rules.def
 */
enum price_gives price_gives(const struct model_criterion *by);

/**
 * price_looks - what a criterion's rule looks at beyond the bid itself
 *
 * Takes   by  a criterion whose points come from prices
 * Gives   as rules.def has it
 * Thread  any
 * Cost    O(1)
 * Source  rules.def
 */
enum price_looks price_looks(const struct model_criterion *by);

/**
 * price_rule_word - the wire word of a rule
 *
 * Takes   rule  below RULE_COUNT
 * Gives   a string that lives for ever; "none" for RULE_NONE
 * Thread  any
 * Cost    O(1)
 * Source  rules.def
 */
const char *price_rule_word(enum price_rule rule);

/**
 * price_rule_fault - whether a criterion has what its price rule needs
 *
 * Takes   by  a criterion whose points come from prices
 * Gives   PRICE_FINE, or what it lacks: PRICE_NO_RULE to PRICE_NO_WEIGHT
 * Thread  any
 * Cost    O(1); of an expression, its length
 * Source  docs/value.md 2
 */
enum price_fault price_rule_fault(const struct model_criterion *by);

/**
 * price_fault_of - whether a rule can be applied to a price
 *
 * Takes   by     a criterion whose price_rule_fault is PRICE_FINE
 *         price  1/10000, or MODEL_ABSENT
 * Gives   PRICE_FINE, PRICE_ABSENT, PRICE_NEGATIVE or PRICE_ZERO
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 2: a price of 0 makes a ratio undefined
 */
enum price_fault price_fault_of(
    const struct model_criterion *by, int64_t price);

/**
 * price_field_init - an empty field
 *
 * Takes   field  any
 * Gives   *field  all 0, ended by price_field_fini
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void price_field_init(struct price_field *field);

/**
 * price_field_fini - release what price_field_init made
 *
 * Takes   field  of price_field_init
 * Gives   *field without memory
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
void price_field_fini(struct price_field *field);

/**
 * price_field_set - look at the prices and qualities of the admitted bids
 *
 * Takes   prices, qualities  [n]; qualities NULL: all 0
 *         admitted           [n], or NULL: all are
 * Gives   *field  but for all_quality; the median of an even number is the
 *         mean of the two in the middle; all 0 without any bid
 * Thread  any
 * Cost    O(n log n)
 * Source  docs/value.md 2
 * Vector  30 10 20 60 -> lowest 10, highest 60, mean 30, median 25
 */
void price_field_set(struct price_field *field, mpq_t *prices, mpq_t *qualities,
    const bool *admitted, size_t n);

/**
 * price_share - the share of the weight that a price earns
 *
 * Takes   by     a criterion with price_gives PRICE_GIVES_SHARE whose rule has
 *                what it needs
 *         bid    one of those the field was made of, its price one that
 *                price_fault_of finds fine, and not the share itself
 *         field  prices, or all, as price_looks says
 * Gives   share  m lowest, M highest, a mean, d median, p the price
 *           lowest-ratio    m / p
 *           lowest-power    (m / p) ^ power
 *           min-max         (M - p) / (M - m); 1 when they are equal
 *           zero-at         (n m - p) / ((n - 1) m)
 *           lowest-log      1 - log(p / m) / log n
 *           mean-linear     (2 - p / a) / 2;  median-linear (2 - p / d) / 2
 *           set-limits      (set-max - p) / (set-max - set-min)
 *           set-ratio       reference / p
 *           discount-power  ((set-max - p) / (set-max - m)) ^ power
 *           discount-knee   knee x discount / mean discount up to the mean
 *                           discount, linear from knee to 1 beyond it
 *           expression      its value / weight; 0 where it has none
 *         A discount below 0 counts as 0, and all earn 0 when nobody gives
 *         one.  All others stay within 0 and 1 where the criterion clamps.
 * Thread  any
 * Cost    O(1); of an expression, its length
 * Source  docs/value.md 2
 * Vector  80 100 120: lowest-power 2 -> 1 .64 .444444; zero-at 1.5 -> 1 .5 0;
 *         lowest-log 2 -> 1 .678072 .415037; mean-linear -> .6 .5 .4
 */
void price_share(const struct model_criterion *by, const struct price_bid *bid,
    const struct price_field *field, mpq_t share);

/**
 * price_total - the figure by which a rule ranks the bids
 *
 * Takes   by     a criterion with price_gives other than PRICE_GIVES_SHARE
 *                whose rule has what it needs
 *         bid    as for price_share, one that price_can_total
 *         field  all of it
 * Gives   total  p price, Q quality points, V all_quality, w weight of the
 *                price, q = Q / V (1 where V is 0), k reference (1 if absent)
 *           quality-per-price  q k / p
 *           quality-power      q ^ (V / w) k / p
 *           utility-index      (1 - (best q - q) V / w) / p x lowest, not below 0
 *           superformula       (q / reference-quality) ^ n + (p / k) ^ -n
 *           expression-total   its value; 0 where it has none
 *           value-off-price    p - k Q
 *           surcharge          p (1 + (V - Q) / w)
 *           price-per-quality  p / q
 *           relative-cost      p / ((Q + V) / (poorest Q + V))
 *           normalised-price   p / (1 + Q / w) + life-cycle cost
 * Thread  any
 * Cost    O(1); of an expression, its length
 * Source  docs/value.md 2
 * Vector  normalised-price 475000, 15 of 20, weight 80 -> 400000
 */
void price_total(const struct model_criterion *by, const struct price_bid *bid,
    const struct price_field *field, mpq_t total);

/**
 * price_can_total - whether a rule can look at the quality of a bid
 *
 * Takes   by   as for price_total
 *         bid  any
 * Gives   false where the rule divides by a quality that is 0 or less
 * Thread  any
 * Cost    O(1)
 * Source  docs/value.md 2
 */
bool price_can_total(
    const struct model_criterion *by, const struct price_bid *bid);

/**
 * price_expression - what the expression of a criterion gives
 *
 * Takes   by     a criterion with an expression that is one
 *         bid    as for price_share
 *         field  all of it
 * Gives   value  0 where it has none, as after a division by 0
 *         false there
 * Thread  any
 * Cost    its length
 * Source  docs/value.md 2
 */
bool price_expression(const struct model_criterion *by,
    const struct price_bid *bid, const struct price_field *field, mpq_t value);

/**
 * price_points - points of bids for their prices
 *
 * Takes   by        the criterion, weight recorded, its rule one that gives a
 *                   share
 *         prices    [n], 1/10000
 *         admitted  [n], or NULL: all are
 *         n         bids
 * Gives   points  [n], micro, half up; MODEL_ABSENT for a bid not admitted
 *         *used   what the rule looked at
 * Errors  ERR_ARG  used->fault says why and used->bid which bid; points are
 *                  untouched
 * Thread  any
 * Cost    O(n)
 * Source  docs/value.md 2
 * Vector  weight 40, lowest-ratio, 100 120 150 -> 40 33.333333 26.666667
 */
enum err price_points(const struct model_criterion *by, const int64_t *prices,
    const bool *admitted, size_t n, int64_t *points,
    struct price_used *used) MUST_USE;

#endif
