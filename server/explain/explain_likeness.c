/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_likeness.c - how distances came about: of a tender to a past one, of
 * an organisation to an ideal client.
 */
#include "server/explain/explain_team.h"
#include "server/people/profile.h"
#include "server/people/similar.h"
#include "value/fraction.h"
#include "value/people/likeness.h"

#include <stdlib.h>
#include <string.h>

/* Words in both lists, and in either. */
static void count_words(const char *a, const char *b, int *both, int *either)
{
    *both = *either = 0;
    for (const char *at = a; *at; at += strcspn(at, ","), at += *at == ',') {
        ++*either;
        *both += list_holds(b, at, strcspn(at, ","));
    }
    for (const char *at = b; *at; at += strcspn(at, ","), at += *at == ',')
        *either += !list_holds(a, at, strcspn(at, ","));
}

static void say_words(struct figures *f, const char *key, const char *a,
    const char *b, int64_t distance)
{
    int both, either;

    count_words(a, b, &both, &either);
    explain_say(f,
        "%s = 1 - words in both / words in either = 1 - %d / %d = %s", key,
        both, either, explain_micro(distance).text);
}

static void say_amounts(
    struct figures *f, const char *key, int64_t a, int64_t b, int64_t distance)
{
    if (a == 0 && b == 0) {
        explain_say(f, "%s = 0 where both are 0 = 0 = %s", key,
            explain_micro(distance).text);
        return;
    }
    explain_say(f, "%s = 1 - the smaller / the larger = 1 - %s / %s = %s", key,
        explain_decimal(a < b ? a : b).text,
        explain_decimal(a < b ? b : a).text, explain_micro(distance).text);
}

/* The mean over the sides that both have. */
static void say_mean(
    struct figures *f, const int64_t *sides, size_t n, int64_t distance)
{
    struct text all = {0}, ones = {0};
    size_t known = 0;

    for (size_t i = 0; i < n; i++) {
        if (sides[i] == MODEL_ABSENT)
            continue;
        text_printf(
            &all, "%s%s", known ? ", " : "", explain_micro(sides[i]).text);
        text_puts(&ones, known++ ? " + 1" : "1");
    }
    if (known == 0) {
        explain_say(f, "no side is recorded of both: there is no distance");
    } else {
        explain_say(f,
            "distance = mean of the sides that both have = mean(%s) = %s",
            text_peek(&all), explain_micro(distance).text);
        explain_say(f, "known = sides that both have = %s = %zu",
            text_peek(&ones), known);
    }
    text_fini(&all);
    text_fini(&ones);
}

/* Tenders. */

struct pair {
    const struct object *one, *past;
    struct similar_weights ours, theirs;
};

static void say_words_of(struct figures *f, enum similar_side side, char *a,
    char *b, int64_t distance)
{
    say_words(f, similar_word(side), a, b, distance);
    free(a);
    free(b);
}

static void say_code(struct figures *f, const struct pair *p, int64_t distance)
{
    explain_say(f, "%s = 1 - leading digits that agree / 8 = 1 - %lld / 8 = %s",
        similar_word(SIMILAR_CPV),
        (long long)((MICRO_ONE - distance) * 8 / MICRO_ONE),
        explain_micro(distance).text);
    explain_input(f, p->one, FIELD_TENDER_CPV);
    explain_input(f, p->past, FIELD_TENDER_CPV);
}

static void put_share(
    struct text *to, const struct similar_weights *w, size_t k)
{
    int64_t sum = 0;

    for (size_t i = 0; i < SIMILAR_SORTS; i++)
        sum += w->by_sort[i];
    text_printf(to, "%s / %s", explain_decimal(w->by_sort[k]).text,
        explain_decimal(sum).text);
}

static void say_criteria(
    struct figures *f, const struct pair *p, int64_t distance)
{
    struct text all = {0};

    for (size_t k = 0; k < SIMILAR_SORTS; k++) {
        text_puts(&all, k ? " + |" : "|");
        put_share(&all, &p->ours, k);
        text_puts(&all, " - ");
        put_share(&all, &p->theirs, k);
        text_putc(&all, '|');
    }
    explain_say(f,
        "%s = half of the sum over price, cost, quality of how far their "
        "shares of the weights are apart = (%s) / 2 = %s",
        similar_word(SIMILAR_CRITERIA), text_peek(&all),
        explain_micro(distance).text);
    text_fini(&all);
}

static void say_tender_side(struct figures *f, const struct pair *p,
    enum similar_side side, int64_t distance)
{
    static const size_t inputs[SIMILAR_SIDES][2] = {
        [SIMILAR_SORT] = {FIELD_TENDER_PROCEDURE, FIELD_TENDER_NATURE},
        [SIMILAR_BUYER] = {FIELD_TENDER_BUYER, FIELD_COUNT},
        [SIMILAR_VALUE] = {FIELD_TENDER_ESTIMATED_VALUE,
            FIELD_TENDER_MONEY_UNIT},
    };

    if (side == SIMILAR_SORT)
        say_words_of(f, side, similar_sort_of(p->one), similar_sort_of(p->past),
            distance);
    else if (side == SIMILAR_BUYER)
        say_words_of(f, side, similar_buyers_of(p->one),
            similar_buyers_of(p->past), distance);
    else if (side == SIMILAR_VALUE)
        say_amounts(f, similar_word(side), similar_value_of(p->one),
            similar_value_of(p->past), distance);
    else if (side == SIMILAR_CPV)
        say_code(f, p, distance);
    else
        say_criteria(f, p, distance);
    if (side == SIMILAR_CPV || side == SIMILAR_CRITERIA)
        return;
    for (size_t i = 0; i < 2 && inputs[side][i] != FIELD_COUNT; i++) {
        explain_input(f, p->one, inputs[side][i]);
        explain_input(f, p->past, inputs[side][i]);
    }
}

static void weigh_criteria(struct figures *f, struct pair *p)
{
    const struct objects *others = &f->team[KIND_CRITERION];

    for (size_t i = 0; i < f->record->n[KIND_CRITERION]; i++)
        similar_weigh(&p->ours, f->record->list[KIND_CRITERION][i]);
    for (size_t i = 0; i < others->n; i++)
        if (others->list[i]->tender == p->past->id)
            similar_weigh(&p->theirs, others->list[i]);
}

/* Those that count: parts count in the whole that they are parts of. */
static void input_weight(struct figures *f, const struct object *criterion)
{
    if (VALUE(criterion, CRITERION, PARENT)->set)
        return;
    explain_input(f, criterion, FIELD_CRITERION_SORT);
    explain_input(f, criterion, FIELD_CRITERION_WEIGHT);
}

static void input_weights(struct figures *f, const struct pair *p)
{
    const struct objects *others = &f->team[KIND_CRITERION];

    for (size_t i = 0; i < f->record->n[KIND_CRITERION]; i++)
        input_weight(f, f->record->list[KIND_CRITERION][i]);
    for (size_t i = 0; i < others->n; i++)
        if (others->list[i]->tender == p->past->id)
            input_weight(f, others->list[i]);
}

enum err explain_similar(struct figures *f)
{
    struct pair p = {.one = f->record->list[KIND_TENDER][0]};
    const struct objects *all = &f->team[KIND_TENDER];
    const char *word = request_key(f->request, "over");
    int64_t sides[SIMILAR_SIDES];
    size_t at, known;
    enum err err = explain_find_key(
        f, "over", word, (const struct object *const *)all->list, all->n, &at);

    if (err == ERR_OK &&
        (!similar_is_past(all->list[at]) || all->list[at]->id == p.one->id))
        err = fault_set(
            f->fault, ERR_ARG, "over", word, "another tender, which is over");
    if (err != ERR_OK)
        return err;
    p.past = all->list[at];
    weigh_criteria(f, &p);
    int64_t distance =
        similar_distance(p.one, p.past, &p.ours, &p.theirs, sides, &known);
    for (int side = 0; side < SIMILAR_SIDES; side++)
        if (sides[side] != MODEL_ABSENT)
            say_tender_side(f, &p, (enum similar_side)side, sides[side]);
    if (sides[SIMILAR_CRITERIA] != MODEL_ABSENT)
        input_weights(f, &p);
    say_mean(f, sides, SIMILAR_SIDES, distance);
    return ERR_OK;
}

/* Organisations. */

static void say_axis(struct figures *f, const struct object *party,
    const struct object *ideal, size_t axis, int64_t distance)
{
    const struct datum *own = profile_value(party, axis);
    const struct datum *other = profile_value(ideal, axis);
    size_t field = profile_field(axis);

    if (fields[field].type == TYPE_LEVEL)
        explain_say(f,
            "%s = difference of the levels / 10 = |%s - %s| / 10 = %s",
            fields[field].word, explain_decimal(own->number).text,
            explain_decimal(other->number).text, explain_micro(distance).text);
    else if (fields[field].type == TYPE_NUM)
        say_amounts(
            f, fields[field].word, own->number, other->number, distance);
    else
        say_words(f, fields[field].word, own->text, other->text, distance);
    explain_input(f, party, field);
    explain_input(f, ideal, field);
}

static void say_distance(
    struct figures *f, const struct object *party, const struct object *ideal)
{
    struct text name = {0};
    int64_t sides[PROFILE_AXES];
    size_t known;
    int64_t distance = profile_distance(party, ideal, sides, &known);

    object_name(&name, ideal);
    explain_say(
        f, "distance to the ideal client %s, axis by axis:", text_peek(&name));
    for (size_t i = 0; i < PROFILE_AXES; i++)
        if (sides[i] != MODEL_ABSENT)
            say_axis(f, party, ideal, i, sides[i]);
    say_mean(f, sides, PROFILE_AXES, distance);
    text_fini(&name);
}

static void say_approvers(struct figures *f, const struct object *party)
{
    const struct datum *say = VALUE(party, PARTY, CULTURE_PARTICIPATION);
    struct approvers a;

    profile_approvers(party, &a);
    if (a.sum == 0) {
        explain_say(f, "approvers: none of scope, centralisation and "
                       "culture-participation is recorded");
        return;
    }
    explain_say(f,
        "approvers = 2 + steps of scope beyond local + 1 where headquarters "
        "decide + culture-participation / 5, rounded = 2 + %lld + %lld + "
        "round(%s / 5, 0) = %lld",
        (long long)a.reach, (long long)a.headquarters,
        explain_decimal(say->set ? say->number : 0).text, (long long)a.sum);
    explain_input(f, party, FIELD_PARTY_SCOPE);
    explain_input(f, party, FIELD_PARTY_CENTRALISATION);
    explain_input(f, party, FIELD_PARTY_CULTURE_PARTICIPATION);
}

/* The first of those that are as near. */
static const struct object *find_nearest(
    const struct record *record, const struct object *party)
{
    const struct object *nearest = NULL;
    int64_t sides[PROFILE_AXES], least = INT64_MAX;
    size_t known;

    for (size_t i = 0; i < record->n[KIND_PARTY]; i++) {
        const struct object *ideal = record->list[KIND_PARTY][i];

        if (!profile_is_ideal(ideal, party))
            continue;
        int64_t far = profile_distance(party, ideal, sides, &known);
        if (far != MODEL_ABSENT && far < least) {
            least = far;
            nearest = ideal;
        }
    }
    return nearest;
}

enum err explain_advise(struct figures *f)
{
    const char *word = request_key(f->request, "over");
    const struct object *party, *ideal = NULL;
    enum err err = explain_find_recorded(f, "party", KIND_PARTY, &party);

    if (err == ERR_OK && word != NULL)
        err = explain_find_recorded(f, "over", KIND_PARTY, &ideal);
    if (err == ERR_OK && ideal != NULL && !profile_is_ideal(ideal, party))
        err = fault_set(
            f->fault, ERR_ARG, "over", word, "another party, with ideal=yes");
    if (err != ERR_OK)
        return err;
    if (ideal == NULL) {
        say_approvers(f, party);
        ideal = find_nearest(f->record, party);
    }
    if (ideal != NULL)
        say_distance(f, party, ideal);
    return ERR_OK;
}
