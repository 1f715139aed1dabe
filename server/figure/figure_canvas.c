/* SPDX-License-Identifier: Apache-2.0
 *
 * figure_canvas.c - rows of the strategy canvas: what each player of a market
 * offers of each factor, and how far we differ.
 */
#include "protocol/base_mem.h"
#include "server/figure/chance.h"
#include "server/people/board.h"

#include <stdlib.h>

/* The least distance from the mean of rivals that is worth a word, unless
 * least= says another. */
#define LEAST_PRESET (2 * DECIMAL_ONE)

static size_t find_player(const struct board *b, const struct datum *party)
{
    for (size_t i = 0; i < b->players_n; i++)
        if (maker_is_ref(party, b->players[i]))
            return i;
    return MODEL_NOWHERE;
}

static void gather_players(struct board *b)
{
    const struct record *r = b->f->record;

    b->players = mem_new((r->n[KIND_PARTY] + 1) * sizeof *b->players);
    for (size_t i = 0; i < r->n[KIND_PARTY]; i++)
        for (size_t k = 0; k < r->n[KIND_CURVE]; k++)
            if (maker_is_ref(VALUE(r->list[KIND_CURVE][k], CURVE, PARTY),
                    r->list[KIND_PARTY][i])) {
                b->players[b->players_n++] = r->list[KIND_PARTY][i];
                break;
            }
}

static void gather_levels(struct board *b)
{
    const struct record *r = b->f->record;
    size_t n = b->players_n * b->factors_n;

    b->levels = mem_new((n + 1) * sizeof *b->levels);
    for (size_t i = 0; i < n; i++)
        b->levels[i] = MODEL_ABSENT;
    for (size_t i = 0; i < r->n[KIND_CURVE]; i++) {
        const struct object *o = r->list[KIND_CURVE][i];
        size_t player = find_player(b, VALUE(o, CURVE, PARTY));
        size_t factor =
            maker_index(b->factors, b->factors_n, VALUE(o, CURVE, FACTOR));

        if (player != MODEL_NOWHERE && factor != MODEL_NOWHERE)
            b->levels[player * b->factors_n + factor] =
                maker_number(VALUE(o, CURVE, LEVEL));
    }
}

/* Whose canvas it is: of=, else who leads our bid. */
static enum err choose_ours(struct board *b)
{
    const struct tender_model *made = b->f->made;
    const char *word = request_key(b->f->request, "of");

    b->ours = MODEL_NOWHERE;
    if (word == NULL) {
        if (made->model.ours != MODEL_NOWHERE)
            b->ours =
                find_player(b, VALUE(made->bids[made->model.ours], BID, PARTY));
        return ERR_OK;
    }
    const struct object *party = record_find(b->f->record, KIND_PARTY, word);
    for (size_t i = 0; i < b->players_n; i++)
        if (b->players[i] == party)
            b->ours = i;
    if (b->ours == MODEL_NOWHERE)
        return fault_set(b->f->fault, ERR_NONE, "of", word,
            "a party whose levels are recorded (add curve)");
    return ERR_OK;
}

static void put_level(struct reply *r, const char *key, int64_t level)
{
    if (level != MODEL_ABSENT)
        reply_micro(r, key, level * 100);
}

static void rows_factor(struct board *b, const struct canvas_result *c)
{
    static const char *const words[] = {[CANVAS_KEEP] = "keep",
        [CANVAS_ELIMINATE] = "eliminate",
        [CANVAS_REDUCE] = "reduce",
        [CANVAS_RAISE] = "raise",
        [CANVAS_CREATE] = "create"};

    for (size_t k = 0; k < b->factors_n; k++) {
        struct reply *r = figures_row(b->f, "factor");

        figures_name(r, "code", b->factors[k]);
        if (b->ours != MODEL_NOWHERE)
            put_level(r, "ours", b->levels[b->ours * b->factors_n + k]);
        figures_micro(r, "rivals", c->factors[k].mean);
        if (c->factors[k].known)
            reply_word(r, "action", words[c->factors[k].class]);
        reply_end(r);
    }
}

static void rows_level(struct board *b)
{
    for (size_t i = 0; i < b->players_n * b->factors_n; i++) {
        if (b->levels[i] == MODEL_ABSENT)
            continue;
        struct reply *r = figures_row(b->f, "level");

        figures_name(r, "party", b->players[i / b->factors_n]);
        figures_name(r, "factor", b->factors[i % b->factors_n]);
        put_level(r, "level", b->levels[i]);
        reply_end(r);
    }
}

static void rows_player(struct board *b, const struct canvas_result *c)
{
    for (size_t p = 0; p < b->players_n; p++) {
        struct reply *r = figures_row(b->f, "player");

        figures_name(r, "party", b->players[p]);
        figures_micro(r, "focus", c->focuses[p]);
        figures_micro(r, "divergence", c->divergences[p]);
        if (p == b->ours)
            reply_yes(r, "ours", true);
        reply_end(r);
    }
}

enum err board_init(struct board *b, struct figures *f)
{
    *b = (struct board){.f = f,
        .factors = (const struct object *const *)f->record->list[KIND_FACTOR],
        .factors_n = f->record->n[KIND_FACTOR],
        .least = LEAST_PRESET};
    gather_players(b);
    gather_levels(b);
    enum err err = choose_ours(b);
    if (err == ERR_OK)
        err = chance_decimal(f, "least", 1, 10 * DECIMAL_ONE,
            "levels, above 0 to 10", &b->least);
    if (err != ERR_OK)
        board_fini(b);
    return err;
}

void board_fini(struct board *b)
{
    free(b->players);
    free(b->levels);
}

struct canvas_result *board_compute(const struct board *b)
{
    struct canvas_result *made = NULL;

    canvas_compute(
        b->levels, b->players_n, b->factors_n, b->ours, b->least, &made);
    return made;
}

enum err figure_canvas(struct figures *f)
{
    struct board b;
    enum err err = board_init(&b, f);

    if (err != ERR_OK)
        return err;
    struct canvas_result *c = board_compute(&b);
    rows_factor(&b, c);
    rows_player(&b, c);
    if (f->all)
        rows_level(&b);
    figures_micro(f->last, "divergence", c->divergence);
    if (b.ours != MODEL_NOWHERE)
        figures_micro(f->last, "focus", c->focuses[b.ours]);
    reply_int(f->last, "factors", (int64_t)b.factors_n);
    reply_int(f->last, "players", (int64_t)b.players_n);
    canvas_free(&c);
    board_fini(&b);
    return ERR_OK;
}
