/* SPDX-License-Identifier: Apache-2.0
 *
 * map_load.c - rows of the map of people: how heavy it is to decide, what would
 * relieve it, and the award that nobody gets.
 */
#include "protocol/base_mem.h"
#include "server/people/map_people.h"
#include "value/formula.h"

#include <string.h>

/* More options than that ask for fewer. */
#define OPTIONS_FEW 3

static const struct {
    const char *load, *what, *verb, *why[2];
} reliefs[] = {
#define RELIEF(id, load, what, verb, en, fr) {load, what, verb, {en, fr}},
#include "server/people/relief.def"
#undef RELIEF
};

#define RELIEFS (sizeof reliefs / sizeof *reliefs)

static bool is_loaded(const struct datum *load, const char *word)
{
    return load->set && list_holds(load->text, word, strlen(word));
}

static int64_t weighs(const struct datum *load, const char *word)
{
    return is_loaded(load, word) ? DECIMAL_ONE : 0;
}

static bool is_needed(size_t relief, const struct datum *load, size_t options)
{
    return *reliefs[relief].load ? is_loaded(load, reliefs[relief].load)
                                 : options > OPTIONS_FEW;
}

static void put_reliefs(
    struct reply *r, const struct datum *load, size_t options)
{
    struct text list = {0};

    for (size_t i = 0; i < RELIEFS; i++)
        if (is_needed(i, load, options))
            text_printf(&list, "%s%s", list.len ? "," : "", reliefs[i].what);
    if (list.len)
        reply_word(r, "relief", list.bytes);
    text_fini(&list);
}

/* Who argues for us and could say so to who decides. */
static void put_allies(
    struct reply *r, const struct crowd *crowd, size_t decider)
{
    struct text list = {0};

    for (size_t i = 0; i < crowd->n; i++) {
        const struct datum *support = VALUE(crowd->stakes[i], STAKE, SUPPORT);

        if (i == decider || !support->set || support->number <= 0)
            continue;
        text_puts(&list, list.len ? "," : "");
        object_name(&list, crowd->people[i]);
    }
    if (list.len)
        reply_word(r, "who", list.bytes);
    text_fini(&list);
}

static void row_relief(
    struct figures *f, const struct crowd *crowd, size_t i, size_t relief)
{
    struct reply *r = figures_row(f, "relief");
    struct text line = {0};

    figures_name(r, "party", crowd->people[i]);
    reply_word(r, "what", reliefs[relief].what);
    if (strcmp(reliefs[relief].what, "allies") == 0)
        put_allies(r, crowd, i);
    text_printf(&line, "%s ", reliefs[relief].verb);
    object_name(&line, f->made->tender);
    if (strcmp(reliefs[relief].verb, "decider") == 0)
        text_puts(&line, " all=yes");
    reply_word(r, "line", line.bytes);
    reply_word(
        r, "why", reliefs[relief].why[f->language == LANGUAGE_FRENCH ? 1 : 0]);
    reply_end(r);
    text_fini(&line);
}

static void rows_decider(struct figures *f, const struct crowd *crowd, size_t i)
{
    const struct datum *load = VALUE(crowd->stakes[i], STAKE, LOAD);
    const struct datum *recorded = VALUE(crowd->stakes[i], STAKE, OPTIONS);
    size_t options =
        recorded->set ? (size_t)recorded->number : f->made->model.bids_n;
    struct reply *r = figures_row(f, "load");

    figures_name(r, "party", crowd->people[i]);
    reply_micro(r, "value",
        formula_load(weighs(load, "alone"), weighs(load, "no-reference"),
            options ? options : 1, weighs(load, "must-justify"),
            weighs(load, "permanent")));
    reply_int(r, "options", (int64_t)options);
    put_reliefs(r, load, options);
    reply_end(r);
    for (size_t k = 0; k < RELIEFS; k++)
        if (is_needed(k, load, options))
            row_relief(f, crowd, i, k);
}

/* To award nothing is a rival too: it takes its chance off everybody's. */
static void row_no_award(struct figures *f)
{
    const struct datum *chance = VALUE(f->made->tender, TENDER, NO_AWARD);

    if (!chance->set)
        return;
    struct reply *r = figures_row(f, "no-award");
    reply_micro(r, "chance", chance->number * 100);
    reply_micro(r, "left", (DECIMAL_ONE - chance->number) * 100);
    reply_end(r);
}

void map_rows_load(struct figures *f, const struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->n; i++)
        if (stake_has_role(crowd->stakes[i], "decides"))
            rows_decider(f, crowd, i);
    row_no_award(f);
}
