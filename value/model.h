/* SPDX-License-Identifier: Apache-2.0
 *
 * model.h - one tender (or one lot of it) as the computations see it.
 *
 * Plain arrays of integers: no names, no ids, no database.  Whoever builds a
 * model keeps beside it what stands at each index.  All decimals are integers
 * of 1/10000 (DECIMAL_ONE), all results integers of 1/1000000 ("micro").
 * A model is read-only while it is computed on, by any number of threads.
 *
 * The builder leaves out bids that do not count (withdrawn, rejected,
 * variants) and elements that are "out".  Criteria are the leaves, which are
 * marked; those that have parts stand beside them as groups.  What is not
 * recorded is absent, never 0: missing.h says what that blocks.
 */
#ifndef VALUE_MODEL_H
#define VALUE_MODEL_H

#include "protocol/types.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stands where a number has not been recorded. */
#define MODEL_ABSENT INT64_MIN
/* Stands where an index points at nothing. */
#define MODEL_NOWHERE SIZE_MAX
/* Subsets of possible elements are computed exactly up to so many. */
#define MODEL_CHOICES 16

enum price_rule {
    RULE_NONE, /* not recorded */
#define RULE(id, word, gives, looks, zero, source) RULE_##id,
#include "value/award/rules.def"
#undef RULE
    RULE_COUNT
};

/* A published rounding, half up: 1 + the decimals kept; 0 where nothing is
 * rounded, below 0 where it is not known to how many. */
#define ROUND_TO(digits) ((digits) + 1)

/* What decides between bids whose published totals are level; where that is
 * level too, or nothing is published, they tie. */
enum tie_rule { TIE_STANDS, TIE_QUALITY, TIE_PRICE, TIE_DATE };

/* What decides among the bids within the corridor of quality-corridor. */
enum deciding {
    DECIDING_NONE, /* not recorded */
    DECIDING_QUALITY,
    DECIDING_PRICE,
    DECIDING_CRITERION
};

/* One step of a published scale of marks. */
struct model_level {
    int64_t mark;
    int64_t share; /* of the weight that this mark earns */
};

/* How effects of several elements on one mark or coverage meet (offer.h):
 * add       they add up
 * cap       they do the same job: only the largest of them counts
 * complement each covers its share of what is still open; added on a mark */
enum combine { COMBINE_ADD, COMBINE_CAP, COMBINE_COMPLEMENT };

struct model_criterion {
    /* sort=price, and sort=cost with a rule: points come from the prices;
     * sort=cost without a rule is marked like quality. */
    bool is_price;
    struct estimate weight; /* points; low = MODEL_ABSENT when not recorded */
    bool is_percent;        /* the notice says that it is a percentage */
    int place; /* in the published order of importance, 1 first; 0 none */
    int round; /* of its points, before they are added; ROUND_TO */
    int64_t scale_max; /* marks; MODEL_ABSENT when not recorded */
    int64_t min_score; /* marks; MODEL_ABSENT for no gate */
    enum price_rule rule;
    int64_t zero_at;   /* times the lowest price, > 1; or MODEL_ABSENT */
    int64_t set_min;   /* price of all points; or MODEL_ABSENT */
    int64_t set_max;   /* price of no points; or MODEL_ABSENT */
    bool clamp;        /* stay within 0 and the weight */
    int64_t power;     /* exponent of the rule; or MODEL_ABSENT */
    int64_t reference; /* price it measures by; or MODEL_ABSENT */
    int64_t reference_quality; /* share it measures by; or MODEL_ABSENT */
    int64_t knee;              /* share at the mean discount; or ABSENT */
    const char *expression;    /* of an expression rule; or NULL */
    int64_t corridor;          /* share below the best; or MODEL_ABSENT */
    enum deciding deciding;
    size_t deciding_at; /* of DECIDING_CRITERION: its index, groups before
                           criteria; MODEL_NOWHERE not recorded */
    /* Shares of the weight by mark, marks rising; straight lines between
     * them.  NULL: the share is mark / scale_max. */
    const struct model_level *levels;
    size_t levels_n;
};

/* A criterion that others are part of: it earns what they earn. */
struct model_group {
    size_t parent; /* its index, a lower one; MODEL_NOWHERE at the root */
    struct estimate weight; /* points; low = MODEL_ABSENT when not recorded */
    bool is_percent;        /* as of a criterion */
    int place;              /* as of a criterion, among its siblings */
    bool parts_are_shares;  /* the weights of its parts were shares of its own
                               (tree.h makes points of them) */
    int round;              /* of what its parts earn together, theirs coming
                               first; ROUND_TO */
    bool parts_fit;         /* their weights sum to its own */
    int64_t scale_max;      /* marks; MODEL_ABSENT: the gate counts points */
    int64_t min_score;      /* least scale_max x points / weight, or least
                               points; MODEL_ABSENT for no gate */
};

struct model_bid {
    struct estimate price; /* low = MODEL_ABSENT when not recorded */
    int64_t cost;          /* MODEL_ABSENT when not recorded */
    int64_t bonus;         /* preference points; 0 none */
    int64_t life_cycle;    /* cost of use that is compared too; 0 none */
    int64_t date;          /* of submission, for TIE_DATE; 0 not recorded */
};

struct model_segment {
    int64_t heads; /* whole heads; MODEL_ABSENT when not recorded */
    /* Money; 0 or MODEL_ABSENT when not recorded. */
    int64_t hour_value; /* what an hour is worth to one head */
    int64_t full_value; /* full coverage of its needs, in a year */
};

/* One alternative that a segment can use, or not. */
struct model_reach {
    size_t segment;
    bool reachable;
    int64_t share;   /* of use, 1/10000; MODEL_ABSENT when not recorded */
    size_t supplier; /* same number, same supplier; MODEL_NOWHERE unknown */
    size_t alternative;
    int64_t hindered; /* share of full ease that lacks, 1/10000; 0 none */
    bool urgent;      /* no time to choose: the easiest of them is taken */
};

/* What users could turn to instead of a bid. */
struct model_alternative {
    size_t bid;      /* that it is, when it is one; or MODEL_NOWHERE */
    bool status_quo; /* what they have today */
};

/* So many users answered how they feel when a need is met, and when it is
 * not: enum kano_answer of formula.h. */
struct model_answer {
    size_t need;
    size_t segment; /* MODEL_NOWHERE: somebody of none */
    int there, lacking;
    size_t count;
};

struct model_need {
    /* A need that must be met: covered less, it caps the value (users.h);
     * 0 or MODEL_ABSENT for none. */
    int64_t must_threshold;
    int flexibility; /* of its level, 1 rigid (F0) .. 4 (F3); 0 not recorded */
};

struct model_element {
    int64_t cost;           /* added to our price; 0 when not recorded */
    bool always;            /* state "in": part of every offer, not a choice */
    size_t group;           /* at most one of a group; MODEL_NOWHERE for none */
    const size_t *excludes; /* indexes of elements */
    size_t excludes_n;
    const size_t *needs; /* elements it requires; MODEL_NOWHERE for one that
                            is "out": it can then never be chosen */
    size_t needs_n;
};

/* On a price criterion an effect changes nothing: costs change prices. */
struct model_effect {
    size_t element;
    size_t criterion; /* or MODEL_NOWHERE */
    size_t need;      /* or MODEL_NOWHERE */
    int64_t by;       /* marks, or share of coverage */
    enum combine combine;
};

/* What an element makes each head of a segment do. */
struct model_effort {
    size_t element, segment;
    int64_t minutes, times; /* so long, so often in a year */
    int64_t saving;         /* money we save by it in a year */
    int64_t reward;         /* money they get for it in a year */
};

struct model {
    size_t criteria_n, bids_n, segments_n, needs_n, elements_n, effects_n,
        reaches_n, efforts_n, alternatives_n, answers_n;
    /* Fewer alternatives within reach are captive, effectively fewer (micro)
     * near-captive; 0: as reach.h says. */
    size_t captive_below;
    int64_t near_below;
    const struct model_criterion *criteria;
    /* The tree above the criteria, parents before their parts. */
    const struct model_group *groups;
    size_t groups_n;
    const size_t *group_of; /* [criteria_n] what each is part of, or
                               MODEL_NOWHERE; not looked at without groups */
    const struct model_bid *bids;
    size_t ours; /* index of our bid; MODEL_NOWHERE when there is not one */
    const struct model_segment *segments;
    const struct model_need *needs;
    const struct model_element *elements;
    const struct model_effect *effects;
    const struct model_reach *reaches;
    const struct model_effort *efforts;
    const struct model_alternative *alternatives;
    const struct model_answer *answers;
    const struct estimate *marks;  /* [bids_n][criteria_n]; low = ABSENT */
    const struct estimate *covers; /* [bids_n][needs_n]; low = ABSENT: 0 */
    const int64_t *importance;     /* [segments_n][needs_n] 1/10000 of a level
                                      0..10; ABSENT: 0 */
    const struct estimate *alternative_covers; /* [alternatives_n][needs_n];
                                                  low = ABSENT: 0 */
    /* [segments_n][needs_n] 1/10000 of a level 0..10, ABSENT: not recorded;
     * or NULL: nothing is. */
    const int64_t *satisfaction; /* today */
    const int64_t *targets;      /* to be reached */
    const int64_t *sales_points; /* factor; ABSENT: 1 */
    const int *relates;          /* [needs_n][criteria_n] 0, 1, 3 or 9 */
    int round_total;             /* ROUND_TO */
    enum tie_rule tie;
    int64_t min_quality; /* points of all but price below which a bid is
                            refused; 0 or MODEL_ABSENT none */
    size_t max_pass;     /* only so many bids of most quality are compared,
                            those level with the last too; 0 all */
};

/* What the elements cost that are in every offer of ours; 1/10000. */
static inline int64_t model_cost_always(const struct model *model)
{
    int64_t cost = 0;

    for (size_t e = 0; e < model->elements_n; e++)
        cost += model->elements[e].always ? model->elements[e].cost : 0;
    return cost;
}

/* Whether what the parts of some criterion earn together is rounded. */
static inline bool model_rounds_groups(const struct model *model)
{
    for (size_t g = 0; g < model->groups_n; g++) {
        if (model->groups[g].round > 0)
            return true;
    }
    return false;
}

/* Whether the points of some criterion are rounded before they are added. */
static inline bool model_rounds_points(const struct model *model)
{
    for (size_t k = 0; k < model->criteria_n; k++) {
        if (model->criteria[k].round > 0)
            return true;
    }
    return model_rounds_groups(model);
}

#endif
