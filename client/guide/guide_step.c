/* SPDX-License-Identifier: Apache-2.0
 *
 * guide_step.c - walking the table of questions along the record.
 */
#include "client/guide/guide_step.h"

#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

const struct guide_step guide_steps[GUIDE_STEPS] = {
#define STEP(id, part, shape, first, second, known, answer, preset, lines,     \
    question_en, question_fr, help_en, help_fr)                                \
    [GUIDE_##id] = {GUIDE_PART_##part, GUIDE_##shape, first, second, known,    \
        answer, preset, lines, {question_en, question_fr},                     \
        {help_en, help_fr}},
#include "client/guide/guide.def"
#undef STEP
};

const struct guide_part_row guide_parts[GUIDE_PARTS] = {
#define PART(id, en, fr, intro_en, intro_fr)                                   \
    [GUIDE_PART_##id] = {{en, fr}, {intro_en, intro_fr}},
#include "client/guide/guide.def"
#undef PART
};

const struct field_row *guide_field(enum guide_step_id step)
{
    const char *answer = guide_steps[step].answer;
    size_t len = strcspn(answer, ".");
    char *word = mem_copy(answer, len);
    enum kind kind = kind_find(word);

    free(word);
    INSIST(kind != KIND_NONE && answer[len]);
    size_t field = field_find(kind, answer + len + 1);
    INSIST(field < FIELD_COUNT);
    return &fields[field];
}

static const char *id_of(const struct row *row)
{
    return row && row->id ? row->id : "-";
}

void guide_key(struct text *to, const struct guide_question *question)
{
    text_printf(to, "%d %s %s", (int)question->step, id_of(question->first),
        id_of(question->second));
}

static size_t find_skip(const struct guide_skips *skips, const char *key)
{
    size_t at = 0;

    while (at < skips->n && strcmp(skips->list[at], key) != 0)
        at++;
    return at;
}

void guide_skip(struct guide_skips *skips, const char *key, bool out)
{
    size_t at = find_skip(skips, key);

    if (out && at == skips->n) {
        skips->list = mem_grow(
            skips->list, &skips->room, skips->n + 1, sizeof *skips->list);
        skips->list[skips->n++] = mem_text(key);
    } else if (!out && at < skips->n) {
        free(skips->list[at]);
        skips->list[at] = skips->list[--skips->n];
    }
}

void guide_skips_fini(struct guide_skips *skips)
{
    for (size_t i = 0; i < skips->n; i++)
        free(skips->list[i]);
    free(skips->list);
    *skips = (struct guide_skips){0};
}

/* Whether a question about these objects is still open. */
static bool is_open(const struct labels *record,
    const struct guide_skips *skips, const struct guide_question *question)
{
    const struct guide_step *step = &guide_steps[question->step];
    struct text key = {0};

    if ((step->shape == GUIDE_ONCE || step->shape == GUIDE_PAIR) &&
        guide_object(
            record, step->known, question->first, question->second, NULL))
        return false;
    guide_key(&key, question);
    bool open = find_skip(skips, key.bytes) == skips->n;
    text_fini(&key);
    return open;
}

/* Counts the question when it is open, and keeps the first one. */
static void look_at(const struct labels *record,
    const struct guide_skips *skips, struct guide_question candidate,
    struct guide_question *got)
{
    if (!is_open(record, skips, &candidate))
        return;
    candidate.left = got->left + 1;
    if (got->left)
        got->left++;
    else
        *got = candidate;
}

static void look_at_pairs(const struct labels *record,
    const struct guide_skips *skips, struct guide_question candidate,
    struct guide_question *got)
{
    const char *pattern = guide_steps[candidate.step].second;
    const struct row *at = NULL;

    while ((at = guide_object(record, pattern, NULL, NULL, at))) {
        candidate.second = at;
        look_at(record, skips, candidate, got);
    }
}

static void look_at_step(const struct labels *record,
    const struct guide_skips *skips, enum guide_step_id id,
    struct guide_question *got)
{
    const struct guide_step *step = &guide_steps[id];
    const struct row *at = NULL;

    if (step->shape == GUIDE_START || step->shape == GUIDE_THEN)
        return;
    if (*step->first == '\0') {
        look_at(record, skips, (struct guide_question){.step = id}, got);
        return;
    }
    while ((at = guide_object(record, step->first, NULL, NULL, at))) {
        struct guide_question candidate = {.step = id, .first = at};

        if (step->shape == GUIDE_PAIR)
            look_at_pairs(record, skips, candidate, got);
        else
            look_at(record, skips, candidate, got);
    }
}

bool guide_find(const struct labels *record, bool chosen,
    const struct guide_skips *skips, struct guide_question *got)
{
    struct guide_question found = {.step = GUIDE_TENDER};

    if (chosen)
        for (int id = 0; id < GUIDE_STEPS && found.left == 0; id++)
            look_at_step(record, skips, (enum guide_step_id)id, &found);
    else
        found.left = 1;
    if (found.left)
        *got = found;
    return found.left > 0;
}
