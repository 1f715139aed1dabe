/* SPDX-License-Identifier: Apache-2.0
 *
 * distributor.h - whether a distributor is our supplier or our client.
 *
 * It supplies us with access to users, for a margin, where we can choose
 * between distributors and it hardly between brands.  It is a client, whose own
 * needs must be met, where it is the other way round.  Both have relative
 * choices: which one has more says which it is.
 */
#ifndef VALUE_PEOPLE_DISTRIBUTOR_H
#define VALUE_PEOPLE_DISTRIBUTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum distributor_is {
    DISTRIBUTOR_UNKNOWN,
    DISTRIBUTOR_SUPPLIER,
    DISTRIBUTOR_CLIENT
};

enum distributor_rule {
#define DISTRIBUTOR_RULE(id, word, is, en, fr) DISTRIBUTOR_RULE_##id,
#include "value/people/distributor_rules.def"
#undef DISTRIBUTOR_RULE
    DISTRIBUTOR_RULE_COUNT
};

struct distributor_facts {
    size_t brands;       /* it can choose between, in one slot */
    int64_t theirs;      /* micro, how many that is in effect; MODEL_ABSENT when
                            nothing is recorded */
    size_t distributors; /* we can choose between */
    int64_t ours;        /* micro, likewise */
    bool policy;         /* it has one of its own, or says what is listed */
};

/**
 * distributor_ratio - choices of one side over choices of the other
 *
 * Takes   one, other  micro, how many options in effect; or MODEL_ABSENT
 * Gives   micro, half up; MODEL_ABSENT where one is absent or other is 0
 * Thread  any
 * Cost    O(1)
 * Source  docs/market.md; Emerson 1962: power is the dependence of the other
 * Vector  2.631579, 3 -> .877193; 4, 2 -> 2
 */
int64_t distributor_ratio(int64_t one, int64_t other);

/**
 * distributor_judge - supplier or client, by which rule
 *
 * Takes   facts  any
 * Gives   the first rule that fits
 * Thread  any
 * Cost    O(1)
 * Source  docs/market.md
 * Vector  4 brands to 2 distributors -> more-choice, a client
 */
enum distributor_rule distributor_judge(const struct distributor_facts *facts);

/**
 * distributor_rule_is - what a rule says that a distributor is
 *
 * Takes   rule  below DISTRIBUTOR_RULE_COUNT
 * Gives   supplier, client or unknown
 * Thread  any
 * Cost    O(1)
 * Source  distributor_rules.def
 */
enum distributor_is distributor_rule_is(enum distributor_rule rule);

/**
 * distributor_rule_word - the short name of a rule
 *
 * Takes   rule  below DISTRIBUTOR_RULE_COUNT
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  distributor_rules.def
 */
const char *distributor_rule_word(enum distributor_rule rule);

/**
 * distributor_rule_text - what a rule says, as a sentence
 *
 * Takes   rule    below DISTRIBUTOR_RULE_COUNT
 *         french  0 English, 1 French
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  distributor_rules.def
 */
const char *distributor_rule_text(enum distributor_rule rule, int french);

/**
 * distributor_is_word - supplier, client or unknown as rows say it
 *
 * Takes   is  any
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
const char *distributor_is_word(enum distributor_is is);

#endif
