/* SPDX-License-Identifier: Apache-2.0
 *
 * client.h - whether somebody is a client, and by which rule.
 *
 * There are two choices: the award, between bids, and the use, between what
 * one can turn to.  Who holds the one that the funding makes decisive, with
 * two real options at least, is a client; docs/who-is-the-client.md says it
 * for people.  Pure: names and records stand elsewhere.
 */
#ifndef VALUE_PEOPLE_CLIENT_H
#define VALUE_PEOPLE_CLIENT_H

#include "value/users/reach.h"

enum client_answer { CLIENT_UNKNOWN, CLIENT_NO, CLIENT_PARTLY, CLIENT_YES };

enum client_instead {
    INSTEAD_NOBODY,
    INSTEAD_DECIDERS, /* who holds the award */
    INSTEAD_CHOOSERS, /* who holds the decisive choice */
    INSTEAD_PLACERS,
    INSTEAD_EMPLOYER,
    INSTEAD_BUYERS,
    INSTEAD_PAYERS
};

enum client_rule {
#define CLIENT_RULE(id, word, answer, instead, en, fr) CLIENT_RULE_##id,
#include "value/people/client_rules.def"
#undef CLIENT_RULE
    CLIENT_RULE_COUNT
};

/* Who pays, and which choice that makes decisive. */
enum funding {
    FUNDING_INSTITUTION,       /* the award */
    FUNDING_THIRD_PARTY,       /* the use */
    FUNDING_INDIVIDUAL_BUDGET, /* the use */
    FUNDING_BLOCK_PURCHASE,    /* the award; users are placed */
    FUNDING_MARKET             /* the use, which is the purchase */
};

struct client_facts {
    enum funding funding;
    bool deciders_known; /* somebody is recorded who decides, or what this one
                            does here, which is not to decide */
    bool decides;        /* holds the award, by itself or for its employer */
    bool employed;       /* a person whose organisation is recorded */
    bool uses, uses_indirectly, prescribes, represents, buys, pays;
    bool placed;     /* by a third party */
    bool bought_for; /* somebody else buys for it */
    size_t bids;     /* that count */
    /* Towards one supplier, when that is asked. */
    bool towards;
    size_t towards_n; /* alternatives within reach that it supplies */
};

struct client_result {
    enum client_rule award, use, whole;
};

/**
 * client_rule_word - the short name of a rule
 *
 * Takes   rule  below CLIENT_RULE_COUNT
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  client_rules.def
 */
const char *client_rule_word(enum client_rule rule);

/**
 * client_rule_text - what a rule says, as a sentence
 *
 * Takes   rule    below CLIENT_RULE_COUNT
 *         french  0 English, 1 French
 * Gives   a string that lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  client_rules.def
 */
const char *client_rule_text(enum client_rule rule, int french);

/**
 * client_rule_answer - what a rule answers
 *
 * Takes   rule  below CLIENT_RULE_COUNT
 * Gives   yes, partly, no or unknown
 * Thread  any
 * Cost    O(1)
 * Source  client_rules.def
 */
enum client_answer client_rule_answer(enum client_rule rule);

/**
 * client_rule_instead - who is the client where a rule says no
 *
 * Takes   rule  below CLIENT_RULE_COUNT
 * Gives   of enum client_instead
 * Thread  any
 * Cost    O(1)
 * Source  client_rules.def
 */
enum client_instead client_rule_instead(enum client_rule rule);

/**
 * client_answer_word - an answer as rows say it
 *
 * Takes   answer  any
 * Gives   yes, partly, no or unknown, which lives for ever
 * Thread  any
 * Cost    O(1)
 * Source  none
 */
const char *client_answer_word(enum client_answer answer);

/**
 * client_award_decides - whether the award is the decisive choice
 *
 * Takes   funding  any
 * Gives   false where it is the use
 * Thread  any
 * Cost    O(1)
 * Source  docs/who-is-the-client.md
 */
bool client_award_decides(enum funding funding);

/**
 * client_compute - the answers for the award, for the use, and for both
 *
 * Takes   facts   any
 *         choice  of reach_choice_of, for the usage asked about
 * Gives   *result  the rule that fired, thrice
 * Thread  any
 * Cost    O(1)
 * Source  docs/who-is-the-client.md
 */
void client_compute(const struct client_facts *facts,
    const struct reach_choice *choice, struct client_result *result);

/**
 * client_by_payment - whether somebody is a client because it pays
 *
 * Takes   payers  recorded, this one among them
 *         pays    this one does
 *         share   that it pays, 1/10000; MODEL_ABSENT: all, or a part where
 *                 others pay too
 * Gives   the rule
 * Thread  any
 * Cost    O(1)
 * Source  docs/who-is-the-client.md
 */
enum client_rule client_by_payment(size_t payers, bool pays, int64_t share);

#endif
