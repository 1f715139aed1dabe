/* SPDX-License-Identifier: Apache-2.0
 *
 * lint_field.c - what people typed into the record, field by field: words that
 * pitch will tell as they stand, and words of conviction.
 */
#include "server/words/lint_inside.h"

#include <string.h>

struct lint_field {
    size_t field;
    enum kind kind;
    bool words, price, belief;
};

static const struct lint_field table[] = {
#define LINT_FIELD(kind, field, words, price, belief)                          \
    {FIELD_##kind##_##field, KIND_##kind, words, price, belief},
#include "server/words/lint_fields.def"
#undef LINT_FIELD
};

/* Who hears what pitch says: the plainest of those with a stake, and whether
 * the price is no argument for one of them. */
struct audience {
    enum speech_level plainest; /* LEVEL_COUNT: nobody */
    enum speech_level unpriced; /* likewise */
};

static struct audience audience_of(const struct linting *l)
{
    const struct record *r = l->f->record;
    struct audience a = {LEVEL_COUNT, LEVEL_COUNT};

    for (size_t i = 0; i < r->n[KIND_STAKE]; i++) {
        const struct object *party =
            pitch_party(r, VALUE(r->list[KIND_STAKE][i], STAKE, PARTY));
        struct addressee to;

        if (party == NULL)
            continue;
        addressee_of(&l->maker, l->f->made->tender, party, &to);
        if (to.level < a.plainest)
            a.plainest = to.level;
        if (!speech_of(to.level)->argues_price)
            a.unpriced = to.level;
    }
    return a;
}

static bool is_ours(const struct linting *l, const struct datum *bid)
{
    const struct tender_model *made = l->f->made;

    return made->model.ours != MODEL_NOWHERE &&
           maker_is_ref(bid, made->bids[made->model.ours]);
}

/* Whether pitch may tell it: of our offer, and not of what is out of it. */
static bool is_told(const struct linting *l, const struct object *o)
{
    enum kind about = KIND_NONE;

    switch (o->kind) {
    case KIND_COVER:
        return is_ours(l, VALUE(o, COVER, BID));
    case KIND_ELEMENT:
        return !maker_is_word(VALUE(o, ELEMENT, STATE), "out");
    case KIND_ALTERNATIVE:
        return !maker_is_word(VALUE(o, ALTERNATIVE, SORT), "status-quo");
    case KIND_FACT:
        about = VALUE(o, FACT, ON)->ref_kind;
        return about == KIND_NEED || about == KIND_ELEMENT;
    default:
        return true;
    }
}

static void check_told(struct linting *l, const struct lint_field *row,
    const struct object *o, const struct audience *a)
{
    struct lint_text t = {.on = o,
        .field = fields[row->field].word,
        .text = o->values[field_place(row->field)].text,
        .language = l->language,
        .level = a->plainest};

    lint_words(&t.words, t.text);
    if (row->words && a->plainest != LEVEL_COUNT)
        lint_check_words(l, &t);
    t.level = a->unpriced;
    if (row->price && a->unpriced != LEVEL_COUNT)
        lint_check_price(l, &t);
    text_fini(&t.words);
}

/* Both languages: a team writes as it speaks. */
static void check_belief(
    struct linting *l, const struct lint_field *row, const struct object *o)
{
    static const enum language languages[] = {
        LANGUAGE_ENGLISH, LANGUAGE_FRENCH};
    struct text words = {0};

    lint_words(&words, o->values[field_place(row->field)].text);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        const struct term *term =
            lint_next(text_peek(&words), TERM_BELIEF, languages[i], NULL);

        if (term == NULL)
            continue;
        lint_find(
            l, LINT_BELIEF, o, fields[row->field].word, term->words, NULL);
        break;
    }
    text_fini(&words);
}

void lint_typed(struct linting *l)
{
    const struct audience a = audience_of(l);

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct lint_field *row = &table[i];
        const struct record *r =
            row->kind == KIND_NOTE ? l->f->notes : l->f->record;

        for (size_t k = 0; k < r->n[row->kind]; k++) {
            const struct object *o = r->list[row->kind][k];

            if (!o->values[field_place(row->field)].set)
                continue;
            if ((row->words || row->price) && is_told(l, o))
                check_told(l, row, o, &a);
            if (row->belief)
                check_belief(l, row, o);
        }
    }
}
