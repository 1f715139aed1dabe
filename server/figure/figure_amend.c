/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_amend.c - rows of what an amendment of the criteria would change.
 *
 * The one that change= describes, or without it the moves of weight that
 * bring the criteria closest to what users need.
 */
#include "protocol/base_mem.h"
#include "server/figure/chance.h"
#include "value/firm/amend.h"
#include "value/fraction.h"

#include <stdlib.h>
#include <string.h>

/* Moves that are told unless all are asked for, and then. */
enum { MOVES_FEW = 5, MOVES_ALL = 100 };

/* A tender before or after, and our chance where it is asked for. */
struct side {
    struct amend_side of;
    int64_t chance;       /* micro, or MODEL_ABSENT */
    uint64_t seed, drawn; /* of the draws; none drawn: 0 */
};

/* The chance is drawn by the same numbers for every side. */
static enum err measure(
    struct figures *f, struct tender_model *made, struct side *side)
{
    struct tender_model *kept = f->made;
    struct simulate_result *result = NULL;
    struct chance chance;

    amend_measure(&made->model, &side->of);
    side->chance = MODEL_ABSENT;
    side->drawn = 0;
    if (request_key(f->request, "draws") == NULL || !side->of.award_is_known)
        return ERR_OK;
    f->made = made;
    enum err err = chance_init(&chance, f);
    if (err == ERR_OK) {
        err = chance_run(&chance, 0, false, &result);
        if (err == ERR_OK) {
            side->chance = result->bids[made->model.ours].wins;
            side->seed = chance.ask.seed;
            side->drawn = result->draws;
        }
        simulate_result_free(&result);
        chance_fini(&chance);
    }
    f->made = kept;
    return err;
}

static void put_side(
    struct reply *r, const struct tender_model *made, const struct side *side)
{
    const struct amend_side *s = &side->of;

    if (s->award_is_known) {
        if (s->admitted)
            reply_int(r, "rank", (int64_t)s->rank);
        figures_micro(r, "lead", s->lead);
        reply_yes(r, "wins", s->wins);
    }
    if (s->winner != MODEL_NOWHERE)
        figures_name(r, "winner", made->bids[s->winner]);
    figures_micro(r, "users", s->mean);
    figures_micro(r, "min", s->min);
    figures_micro(r, "captives", s->captives);
    figures_micro(r, "divergence", s->divergence);
    figures_micro(r, "chance", side->chance);
}

static void put_change(
    struct reply *r, const char *key, int64_t before, int64_t after)
{
    if (before != MODEL_ABSENT && after != MODEL_ABSENT)
        reply_micro(r, key, after - before);
}

static void put_effect(
    struct reply *r, const struct side *before, const struct side *after)
{
    static const char *const words[] = {[AMEND_NOBODY] = "nobody",
        [AMEND_US] = "us",
        [AMEND_USERS] = "users",
        [AMEND_BOTH] = "both"};
    enum amend_verdict verdict;

    put_change(r, "lead-change", before->of.lead, after->of.lead);
    put_change(r, "users-change", before->of.mean, after->of.mean);
    put_change(
        r, "divergence-change", before->of.divergence, after->of.divergence);
    put_change(r, "chance-change", before->chance, after->chance);
    if (amend_judge(&before->of, &after->of, &verdict))
        reply_word(r, "good-for", words[verdict]);
}

static size_t collect_changes(
    const struct request *q, const char **words, size_t most)
{
    size_t n = 0;

    for (size_t i = q->keyed; i < q->words.n && n < most; i++)
        if (q->words.list[i].key && strcmp(q->words.list[i].key, "change") == 0)
            words[n++] = q->words.list[i].value;
    return n;
}

/* What record_with says of with= is here of change=. */
static enum err blame_change(struct figures *f, enum err err)
{
    struct fault *fault = f->fault;

    if (fault->field != NULL && strcmp(fault->field, "with") == 0) {
        free(fault->field);
        fault->field = mem_text("change");
    }
    return err;
}

static void row_now(struct figures *f, const struct side *before)
{
    struct reply *r = figures_row(f, "now");

    put_side(r, f->made, before);
    reply_end(r);
}

static enum err tell_change(struct figures *f, const struct side *before,
    const char *const *words, size_t n)
{
    struct record *other = NULL;
    struct tender_model *made = NULL;
    struct side after;

    if (n > LIMIT_NOW(WITH))
        return fault_limit(f->fault, "change", LIMIT_ROW_WITH);
    enum err err = record_with(f->record, words, n, &other, f->fault);
    if (err != ERR_OK)
        return blame_change(f, err);
    tender_model_new(other, f->made->lot ? f->made->lot->id : 0, &made);
    err = measure(f, made, &after);
    if (err == ERR_OK) {
        row_now(f, before);
        struct reply *r = figures_row(f, "amendment");
        put_side(r, made, &after);
        put_effect(r, before, &after);
        reply_end(r);
    }
    tender_model_free(&made);
    record_with_free(f->record, &other);
    return err;
}

static enum err tell_move(
    struct figures *f, const struct side *before, const struct amend_move *move)
{
    struct tender_model other = *f->made;
    struct amend_model made;
    struct side after;

    amend_move(&f->made->model, move, &made);
    other.model = made.model;
    enum err err = measure(f, &other, &after);
    if (err == ERR_OK) {
        struct reply *r = figures_row(f, "amendment");
        figures_name(r, "from", f->made->criteria[move->from]);
        figures_name(r, "to", f->made->criteria[move->to]);
        reply_micro(r, "points", move->points * (MICRO_ONE / DECIMAL_ONE));
        put_side(r, &other, &after);
        put_effect(r, before, &after);
        reply_end(r);
    }
    amend_model_fini(&made);
    return err;
}

static bool tell_progress(void *ctx, size_t done, size_t all)
{
    return long_work_tell(ctx, done, all);
}

/* A twentieth of all weight, unless step= says otherwise. */
static int64_t usual_step(const struct model *model)
{
    int64_t all = 0;

    for (size_t k = 0; k < model->criteria_n; k++) {
        int64_t weight = model->criteria[k].weight.likely;
        if (weight > 0 && weight < INT64_MAX - all)
            all += weight;
    }
    return all / 20 > 0 ? all / 20 : 1;
}

static enum err propose(struct figures *f, const struct side *before)
{
    const struct model *m = &f->made->model;
    size_t most = f->all ? MOVES_ALL : MOVES_FEW;
    struct amend_move moves[MOVES_ALL];
    int64_t step = usual_step(m);
    size_t n = 0;

    if (before->of.divergence == MODEL_ABSENT)
        return figures_lack(f, FIGURE_GAP);
    enum err err = chance_decimal(
        f, "step", 1, INT64_C(1000000) * DECIMAL_ONE, "points above 0", &step);
    if (err != ERR_OK)
        return err;
    if (!amend_moves(m, step, most, tell_progress, f->work, moves, &n))
        return long_work_ended(f->work, NULL, f->language, f->fault);
    row_now(f, before);
    for (size_t i = 0; i < n && err == ERR_OK; i++)
        err = tell_move(f, before, &moves[i]);
    reply_int(f->last, "moves", (int64_t)n);
    return err;
}

enum err figure_amend(struct figures *f)
{
    const char *words[LIMIT_WORDS_MOST];
    size_t n = collect_changes(f->request, words, LIMIT_WORDS_MOST);
    struct side before;
    enum err err = measure(f, f->made, &before);

    if (err != ERR_OK)
        return err;
    if (!before.of.award_is_known && before.of.divergence == MODEL_ABSENT)
        return figures_lack(f, FIGURE_GAP);
    err = n > 0 ? tell_change(f, &before, words, n) : propose(f, &before);
    if (err == ERR_OK && before.drawn > 0) {
        reply_int(f->last, "seed", (int64_t)before.seed);
        reply_int(f->last, "draws", (int64_t)before.drawn);
    }
    return err;
}
