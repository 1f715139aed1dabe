/* SPDX-License-Identifier: Apache-2.0
 *
 * distributor.c - the rules, each where it takes its turn.
 */
#include "value/people/distributor.h"

#include "value/model.h"
#include "value/wide.h"

/* Fewer brands than that are no choice. */
enum { BRANDS_CHOICE = 2 };

static const struct {
    const char *word;
    enum distributor_is is;
    const char *text[2];
} rules[DISTRIBUTOR_RULE_COUNT] = {
#define DISTRIBUTOR_RULE(id, word, is, en, fr)                                 \
    [DISTRIBUTOR_RULE_##id] = {word, DISTRIBUTOR_##is, {en, fr}},
#include "value/people/distributor_rules.def"
#undef DISTRIBUTOR_RULE
};

int64_t distributor_ratio(int64_t one, int64_t other)
{
    if (one == MODEL_ABSENT || other == MODEL_ABSENT || other <= 0 || one < 0)
        return MODEL_ABSENT;
    return (int64_t)(((wide)one * MICRO_ONE + other / 2) / other);
}

enum distributor_rule distributor_judge(const struct distributor_facts *facts)
{
    if (facts->theirs == MODEL_ABSENT)
        return DISTRIBUTOR_RULE_NO_BRANDS;
    if (facts->brands < BRANDS_CHOICE)
        return DISTRIBUTOR_RULE_ONE_BRAND;
    if (facts->ours == MODEL_ABSENT || facts->distributors < BRANDS_CHOICE)
        return DISTRIBUTOR_RULE_NO_OTHER;
    if (facts->theirs != facts->ours)
        return facts->theirs > facts->ours ? DISTRIBUTOR_RULE_MORE_CHOICE
                                           : DISTRIBUTOR_RULE_LESS_CHOICE;
    return facts->policy ? DISTRIBUTOR_RULE_POLICY : DISTRIBUTOR_RULE_NO_POLICY;
}

enum distributor_is distributor_rule_is(enum distributor_rule rule)
{
    return rules[rule].is;
}

const char *distributor_rule_word(enum distributor_rule rule)
{
    return rules[rule].word;
}

const char *distributor_rule_text(enum distributor_rule rule, int french)
{
    return rules[rule].text[french];
}

const char *distributor_is_word(enum distributor_is is)
{
    static const char *const words[] = {[DISTRIBUTOR_UNKNOWN] = "unknown",
        [DISTRIBUTOR_SUPPLIER] = "supplier",
        [DISTRIBUTOR_CLIENT] = "client"};

    return words[is];
}
