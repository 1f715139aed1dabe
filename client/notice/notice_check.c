/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_check.c - what is odd in a notice, as warnings.
 */
#include "client/notice/notice_check.h"

#include "client/notice/notice_value.h"
#include "protocol/types.h"

#include <stdio.h>
#include <string.h>

/* Sums that published weights are made to give. */
static const int64_t usual[] = {
    1 * DECIMAL_ONE, 10 * DECIMAL_ONE, 100 * DECIMAL_ONE, 1000 * DECIMAL_ONE};

/* A sum of parts is looked for among so many criteria that follow. */
#define PARTS_MOST 50

bool notice_is_empty(const struct notice *notice)
{
    return notice->title.n == 0 && notice->lots_n == 0;
}

void lot_label(const struct notice *notice, size_t lot, struct text *to)
{
    if (notice->lots[lot].id)
        text_puts(to, notice->lots[lot].id);
    else
        text_printf(to, "lot %zu", lot + 1);
}

void criterion_label(
    const struct notice *notice, size_t lot, size_t criterion, struct text *to)
{
    if (notice->lots_n > 1) {
        if (notice->lots[lot].id)
            text_puts(to, notice->lots[lot].id);
        else
            text_printf(to, "%zu", lot + 1);
        text_putc(to, '.');
    }
    text_printf(to, "C%zu", criterion + 1);
}

const struct notice_parameter *criterion_weight(
    const struct notice_criterion *criterion)
{
    for (size_t i = 0; i < criterion->parameters_n; i++) {
        const struct notice_parameter *p = &criterion->parameters[i];

        if (p->list && strcmp(p->list, "number-weight") == 0)
            return p;
    }
    return NULL;
}

/* What the weights of one lot look like as a whole. */
struct weights {
    size_t with, without, ordered;
    int64_t sum; /* of the weights that are no order, 1/10000 */
    const char *kind, *other_kind;
};

/* The weight of a criterion in 1/10000; -1 when it has none. */
static int64_t weigh(const struct notice_criterion *criterion)
{
    const struct notice_parameter *p = criterion_weight(criterion);
    int64_t value;
    bool rounded;

    if (p == NULL || p->number == NULL || p->code == NULL ||
        strcmp(p->code, "ord-imp") == 0 ||
        value_number(p->number, 1, &value, &rounded) != ERR_OK || value < 0)
        return -1;
    return value;
}

static struct weights sum_weights(const struct notice_lot *lot)
{
    struct weights w = {0};

    for (size_t i = 0; i < lot->criteria_n; i++) {
        const struct notice_parameter *p = criterion_weight(&lot->criteria[i]);
        const char *code = p ? p->code : NULL;
        int64_t value = weigh(&lot->criteria[i]);

        if (code && strcmp(code, "ord-imp") == 0) {
            w.ordered++;
            continue;
        }
        if (code == NULL || value < 0) {
            w.without++;
            continue;
        }
        w.with++;
        if (w.sum <= DECIMAL_LIMIT * DECIMAL_ONE)
            w.sum += value;
        if (w.kind == NULL)
            w.kind = code;
        else if (strcmp(w.kind, code) != 0)
            w.other_kind = code;
    }
    return w;
}

static bool is_usual(int64_t sum)
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (usual[i] == sum)
            return true;
    return false;
}

/* A criterion that weighs as much as some that follow it together, in a list
 * that gives a usual sum without it, stands for them: the list was flattened
 * when it was published. */
static bool find_parent(
    const struct notice_lot *lot, int64_t sum, size_t *parent, size_t *parts)
{
    for (size_t i = 0; i < lot->criteria_n; i++) {
        int64_t whole = weigh(&lot->criteria[i]);
        int64_t part = 0;

        if (whole <= 0 || !is_usual(sum - whole) || is_usual(sum))
            continue;
        for (size_t k = i + 1;
             k < lot->criteria_n && k <= i + PARTS_MOST && part < whole; k++) {
            int64_t next = weigh(&lot->criteria[k]);

            part += next > 0 ? next : 0;
            if (part == whole && k > i + 1) {
                *parent = i;
                *parts = k - i;
                return true;
            }
        }
    }
    return false;
}

static void warn_of_parent(const struct notice *notice, size_t at,
    const char *label, const struct weights *w, struct remarks *remarks)
{
    const struct notice_lot *lot = &notice->lots[at];
    struct text code = {0};
    struct text sum = {0};
    char count[24];
    size_t parent, parts;

    if (!find_parent(lot, w->sum, &parent, &parts))
        return;
    criterion_label(notice, at, parent, &code);
    decimal_print(&sum, w->sum - weigh(&lot->criteria[parent]));
    (void)snprintf(count, sizeof count, "%zu", parts);
    remarks_add(remarks, REMARK_PARENT, lot->criteria[parent].line, label,
        code.bytes, count, sum.bytes);
    text_fini(&code);
    text_fini(&sum);
}

static void warn_of_weights(const struct notice *notice, size_t at,
    const char *label, struct remarks *remarks)
{
    const struct notice_lot *lot = &notice->lots[at];
    struct weights w = sum_weights(lot);
    bool percent = w.kind && strncmp(w.kind, "per-", 4) == 0 && !w.other_kind;

    if (w.with + w.ordered == 0) {
        remarks_add(
            remarks, REMARK_NO_WEIGHTS, lot->line, label, NULL, NULL, NULL);
        return;
    }
    if (w.without)
        remarks_add(
            remarks, REMARK_SOME_WEIGHTS, lot->line, label, NULL, NULL, NULL);
    if (w.ordered && w.with)
        remarks_add(
            remarks, REMARK_MIXED_ORDER, lot->line, label, NULL, NULL, NULL);
    if (w.other_kind)
        remarks_add(remarks, REMARK_MIXED_KINDS, lot->line, label, w.kind,
            w.other_kind, NULL);
    if (percent && w.sum != 100 * DECIMAL_ONE) {
        struct text sum = {0};

        decimal_print(&sum, w.sum);
        remarks_add(
            remarks, REMARK_SUM, lot->line, label, sum.bytes, NULL, NULL);
        text_fini(&sum);
    }
    if (w.with && !w.other_kind)
        warn_of_parent(notice, at, label, &w, remarks);
}

/* A lot needs no criteria of its own when a group states them. */
static bool has_group_criteria(const struct notice *notice)
{
    for (size_t i = 0; i < notice->lots_n; i++)
        if (notice->lots[i].is_group && notice->lots[i].criteria_n)
            return true;
    return false;
}

static void check_lots(const struct notice *notice, struct remarks *remarks)
{
    /* Award notices need not repeat the criteria. */
    bool excused = has_group_criteria(notice) || notice_is_award(notice);

    for (size_t i = 0; i < notice->lots_n; i++) {
        const struct notice_lot *lot = &notice->lots[i];
        struct text label = {0};

        lot_label(notice, i, &label);
        if (lot->criteria_n)
            warn_of_weights(notice, i, label.bytes, remarks);
        else if (!lot->is_group && !excused)
            remarks_add(remarks, REMARK_NO_CRITERIA, lot->line, label.bytes,
                NULL, NULL, NULL);
        text_fini(&label);
    }
}

static void add_count(
    struct remarks *remarks, enum remark_id id, long line, size_t count)
{
    char word[24];

    (void)snprintf(word, sizeof word, "%zu", count);
    remarks_add(remarks, id, line, word, NULL, NULL, NULL);
}

void notice_check(const struct notice *notice, struct remarks *remarks)
{
    const struct {
        bool missing;
        enum remark_id id;
    } rows[] = {
        {notice->id == NULL, REMARK_NO_NOTICE_ID},
        {notice->id && notice->version == NULL, REMARK_NO_VERSION},
        {notice->procedure_id == NULL, REMARK_NO_PROCEDURE_ID},
        {notice->language == NULL, REMARK_NO_LANGUAGE},
        {notice->title.n == 0, REMARK_NO_TITLE},
        {notice->buyers.n == 0, REMARK_NO_BUYER},
        {notice->lots_n == 0, REMARK_NO_LOT},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].missing)
            remarks_add(remarks, rows[i].id, 0, NULL, NULL, NULL, NULL);
    if (notice->repeated)
        add_count(
            remarks, REMARK_REPEATED, notice->repeated_line, notice->repeated);
    if (notice->parts_skipped)
        add_count(
            remarks, REMARK_PARTS, notice->parts_line, notice->parts_skipped);
    check_lots(notice, remarks);
}
