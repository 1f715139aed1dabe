/* SPDX-License-Identifier: Apache-2.0
 *
 * client.c - the rules, each where it takes its turn: the first that fits
 * answers.
 */
#include "value/people/client.h"

static const struct {
    const char *word;
    enum client_answer answer;
    enum client_instead instead;
    const char *text[2];
} rules[CLIENT_RULE_COUNT] = {
#define CLIENT_RULE(id, word, answer, instead, en, fr)                         \
    [CLIENT_RULE_##id] = {word, CLIENT_##answer, INSTEAD_##instead, {en, fr}},
#include "value/people/client_rules.def"
#undef CLIENT_RULE
};

const char *client_rule_word(enum client_rule rule)
{
    return rules[rule].word;
}

const char *client_rule_text(enum client_rule rule, int french)
{
    return rules[rule].text[french];
}

enum client_answer client_rule_answer(enum client_rule rule)
{
    return rules[rule].answer;
}

enum client_instead client_rule_instead(enum client_rule rule)
{
    return rules[rule].instead;
}

const char *client_answer_word(enum client_answer answer)
{
    static const char *const words[] = {[CLIENT_UNKNOWN] = "unknown",
        [CLIENT_NO] = "no",
        [CLIENT_PARTLY] = "partly",
        [CLIENT_YES] = "yes"};

    return words[answer];
}

bool client_award_decides(enum funding funding)
{
    return funding == FUNDING_INSTITUTION || funding == FUNDING_BLOCK_PURCHASE;
}

/* The award. */

static enum client_rule holds_award(const struct client_facts *f)
{
    if (f->employed)
        return CLIENT_RULE_ACTS_FOR;
    if (f->bids == 0)
        return CLIENT_RULE_NO_BIDS;
    return f->bids == 1 ? CLIENT_RULE_SINGLE_BID : CLIENT_RULE_DECIDES;
}

static enum client_rule rule_award(const struct client_facts *f)
{
    if (f->funding == FUNDING_MARKET)
        return f->employed && (f->decides || f->buys) ? CLIENT_RULE_ACTS_FOR
                                                      : CLIENT_RULE_NO_AWARD;
    if (f->decides)
        return holds_award(f);
    if (f->prescribes)
        return CLIENT_RULE_PRESCRIBES;
    if (f->buys)
        return f->employed ? CLIENT_RULE_ACTS_FOR : CLIENT_RULE_BUYS_FOR;
    if (f->represents)
        return CLIENT_RULE_REPRESENTS;
    if (f->pays && !f->uses)
        return CLIENT_RULE_PAYS_ONLY;
    return f->deciders_known ? CLIENT_RULE_OTHERS_DECIDE
                             : CLIENT_RULE_NO_DECIDER;
}

/* The use. */

static enum client_rule rule_nothing_recorded(const struct client_facts *f)
{
    if (f->bought_for)
        return CLIENT_RULE_BOUGHT_FOR;
    if (f->uses_indirectly && !f->uses)
        return CLIENT_RULE_INDIRECT;
    if (f->uses)
        return CLIENT_RULE_NO_REACH;
    return f->pays && !f->decides ? CLIENT_RULE_PAYS_ONLY
                                  : CLIENT_RULE_NOT_USER;
}

static enum client_rule rule_use(
    const struct client_facts *f, const struct reach_choice *choice)
{
    if (f->placed)
        return CLIENT_RULE_BENEFICIARY;
    if (f->funding == FUNDING_BLOCK_PURCHASE && f->uses && !f->decides)
        return CLIENT_RULE_BLOCK;
    if (choice->recorded == 0)
        return rule_nothing_recorded(f);
    if (f->towards && f->towards_n == 0)
        return CLIENT_RULE_NOT_SUPPLIED;
    if (choice->captive == CAPTIVE_YES)
        return CLIENT_RULE_CAPTIVE;
    if (f->towards && f->towards_n == choice->reachable)
        return CLIENT_RULE_ONE_SUPPLIER;
    return choice->near ? CLIENT_RULE_NEAR_CAPTIVE : CLIENT_RULE_CHOOSES;
}

/* Both. */

/* What is lacking tells more than what is not there, and what a user lives
 * with more than who decides. */
static enum client_rule join_no(
    const struct client_result *r, enum client_rule decisive)
{
    if (r->award == CLIENT_RULE_ACTS_FOR || r->award == CLIENT_RULE_PRESCRIBES)
        return r->award;
    if (r->use != CLIENT_RULE_NOT_USER)
        return r->use;
    return r->award == CLIENT_RULE_NO_AWARD ? decisive : r->award;
}

static enum client_rule join(
    const struct client_result *r, enum client_rule decisive)
{
    enum client_rule other = decisive == r->award ? r->use : r->award;

    if (rules[decisive].answer != CLIENT_NO)
        return decisive;
    switch (rules[other].answer) {
    case CLIENT_YES:
        return CLIENT_RULE_OTHER_CHOICE;
    case CLIENT_PARTLY:
    case CLIENT_UNKNOWN:
        return other;
    case CLIENT_NO:
        break;
    }
    return join_no(r, decisive);
}

void client_compute(const struct client_facts *facts,
    const struct reach_choice *choice, struct client_result *result)
{
    result->award = rule_award(facts);
    result->use = rule_use(facts, choice);
    result->whole = join(result,
        client_award_decides(facts->funding) ? result->award : result->use);
}

enum client_rule client_by_payment(size_t payers, bool pays, int64_t share)
{
    if (payers == 0)
        return CLIENT_RULE_NO_PAYER;
    if (!pays || share == 0)
        return CLIENT_RULE_PAYS_NOT;
    if (share == MODEL_ABSENT ? payers > 1 : share < DECIMAL_ONE)
        return CLIENT_RULE_PAYS_PART;
    return CLIENT_RULE_PAYS;
}
