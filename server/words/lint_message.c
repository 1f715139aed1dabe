/* SPDX-License-Identifier: Apache-2.0
 *
 * lint_message.c - a message: to whom, with which proof, promising what.
 */
#include "server/words/lint_inside.h"

#include <string.h>

/* The stake that a message is for. */
static const struct object *stake_of(
    const struct linting *l, const struct object *message)
{
    const struct record *r = l->f->record;
    size_t at = maker_index((const struct object *const *)r->list[KIND_STAKE],
        r->n[KIND_STAKE], VALUE(message, MESSAGE, STAKE));

    return at == MODEL_NOWHERE ? NULL : r->list[KIND_STAKE][at];
}

static bool read_addressee(
    const struct linting *l, const struct object *message, struct addressee *to)
{
    const struct object *stake = stake_of(l, message);
    const struct object *party =
        stake ? pitch_party(l->f->record, VALUE(stake, STAKE, PARTY)) : NULL;

    if (party == NULL)
        return false;
    addressee_of(&l->maker, l->f->made->tender, party, to);
    to->stake = stake;
    return true;
}

void lint_read_message(
    const struct linting *l, const struct object *message, struct lint_text *t)
{
    const struct datum *language = VALUE(message, MESSAGE, LANGUAGE);
    const struct datum *level = VALUE(message, MESSAGE, LEVEL);
    struct addressee to;

    *t = (struct lint_text){.on = message,
        .field = "text",
        .text = VALUE(message, MESSAGE, TEXT)->text,
        .language = l->language,
        .level = LEVEL_COUNT};
    if (language->set)
        t->language =
            maker_is_word(language, "fr") ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    if (level->set)
        t->level = speech_find(level->text);
    else if (read_addressee(l, message, &to))
        t->level = to.level;
    lint_words(&t->words, t->text);
}

static const char *role_of(const char *audience)
{
    static const struct {
        const char *audience, *roles;
    } rows[] = {{"decider", "decides,requests"}, {"payer", "pays,buys"},
        {"user", "uses,uses-indirectly"}, {"prescriber", "prescribes"},
        {"representative", "represents"},
        {"distributor", "distributes,supplies"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].audience, audience) == 0)
            return rows[i].roles;
    return "";
}

static bool has_one_of(const struct addressee *to, const char *roles)
{
    char role[32];

    while (*roles) {
        size_t len = strcspn(roles, ",");

        (void)memcpy(role, roles, len);
        role[len] = '\0';
        if (addressee_has(to, role))
            return true;
        roles += len + (roles[len] == ',');
    }
    return false;
}

static void check_audience(struct linting *l, const struct object *message)
{
    const struct datum *level = VALUE(message, MESSAGE, LEVEL);
    const char *audience = VALUE(message, MESSAGE, AUDIENCE)->text;
    struct addressee to;

    if (!read_addressee(l, message, &to))
        return;
    if (!has_one_of(&to, role_of(audience)))
        lint_find(l, LINT_AUDIENCE, message, "audience", audience,
            VALUE(to.stake, STAKE, ROLES)->text);
    bool known = strcmp(to.level_by, "default") != 0;
    if (!level->set || (known && speech_find(level->text) != to.level))
        lint_find(l, LINT_LEVEL, message, "level",
            level->set ? level->text : "",
            known ? speech_of(to.level)->word
                  : fields[FIELD_MESSAGE_LEVEL].arg);
}

/* Elements. */

static bool is_element_of(
    const struct object *message, const struct object *element)
{
    const struct datum *elements = VALUE(message, MESSAGE, ELEMENTS);
    struct text id = {0};

    text_printf(&id, "%llu", (unsigned long long)element->id);
    bool is = elements->set && list_holds(elements->text, id.bytes, id.len);
    text_fini(&id);
    return is;
}

static bool has_proof(const struct linting *l, const struct object *message)
{
    const struct record *r = l->f->record;

    if (VALUE(message, MESSAGE, PROOF)->set)
        return true;
    for (size_t i = 0; i < r->n[KIND_ELEMENT]; i++) {
        const struct object *element = r->list[KIND_ELEMENT][i];

        if (is_element_of(message, element) &&
            VALUE(element, ELEMENT, PROOF)->set)
            return true;
    }
    return false;
}

static bool is_named(const struct lint_text *t, const struct object *object)
{
    struct text name = {0};

    pitch_label(&name, object);
    bool is = lint_holds(text_peek(&t->words), text_peek(&name));
    text_fini(&name);
    return is;
}

/* One that is told of and is not in the offer, or not named as what keeps the
 * promise. */
static void check_element(
    struct linting *l, const struct lint_text *t, const struct object *element)
{
    const struct datum *state = VALUE(element, ELEMENT, STATE);
    bool listed = is_element_of(t->on, element);
    struct text name = {0};

    if (!listed && !is_named(t, element))
        return;
    object_name(&name, element);
    if (listed && !maker_is_word(state, "in")) {
        text_printf(&name, ".state=%s", state->set ? state->text : "");
        lint_find(l, LINT_OUT, t->on, "elements", text_peek(&name), "state=in");
    } else if (!listed && lint_next(text_peek(&t->words), TERM_PROMISE,
                              t->language, NULL)) {
        lint_find(l, LINT_PROMISE, t->on, "elements", "", text_peek(&name));
    }
    text_fini(&name);
}

static void check_promises(struct linting *l, const struct lint_text *t)
{
    const struct record *r = l->f->record;
    const struct term *term =
        lint_next(text_peek(&t->words), TERM_PROMISE, t->language, NULL);
    size_t before = l->findings;

    for (size_t i = 0; i < r->n[KIND_ELEMENT]; i++)
        check_element(l, t, r->list[KIND_ELEMENT][i]);
    if (term && l->findings == before && !VALUE(t->on, MESSAGE, ELEMENTS)->set)
        lint_find(l, LINT_PROMISE, t->on, "elements", term->words, NULL);
}

/* What proves it is told to the same people. */
static void check_proof(struct linting *l, const struct lint_text *t)
{
    const struct datum *proof = VALUE(t->on, MESSAGE, PROOF);
    struct lint_text told = *t;

    if (!proof->set || t->level == LEVEL_COUNT)
        return;
    told.field = "proof";
    told.text = proof->text;
    told.words = (struct text){0};
    lint_words(&told.words, told.text);
    lint_check_words(l, &told);
    lint_check_price(l, &told);
    text_fini(&told.words);
}

static void check_message(struct linting *l, const struct object *message)
{
    struct lint_text t;

    lint_read_message(l, message, &t);
    check_audience(l, message);
    lint_check_text(l, &t);
    if (!has_proof(l, message) && !lint_proves(&t))
        lint_find(l, LINT_PROOF, message, "proof", "", NULL);
    check_promises(l, &t);
    check_proof(l, &t);
    text_fini(&t.words);
}

void lint_messages(struct linting *l, const struct object *only)
{
    const struct record *r = l->f->record;

    for (size_t i = 0; i < r->n[KIND_MESSAGE]; i++)
        if (only == NULL || r->list[KIND_MESSAGE][i] == only)
            check_message(l, r->list[KIND_MESSAGE][i]);
    lint_contradictions(l, only);
}
