/* SPDX-License-Identifier: Apache-2.0
 *
 * explain_market.c - how the figures of the strategy canvas and of people who
 * are no clients came about.
 */
#include "server/explain/explain_people.h"
#include "server/people/board.h"
#include "server/people/nonclients.h"

#include <string.h>

/* The strategy canvas. */

static int64_t level_at(const struct board *b, size_t player, size_t factor)
{
    return b->levels[player * b->factors_n + factor];
}

/* Levels of rivals on a factor, ", " between; how many. */
static size_t put_rivals(const struct board *b, size_t factor, struct text *to)
{
    size_t n = 0;

    for (size_t p = 0; p < b->players_n; p++)
        if (p != b->ours && level_at(b, p, factor) != MODEL_ABSENT)
            text_printf(to, "%s%s", n++ ? ", " : "",
                explain_decimal(level_at(b, p, factor)).text);
    return n;
}

/* What a curve is compared with: that of a player, or the mean of the rivals;
 * false where it has no level there. */
static bool put_other(
    const struct board *b, size_t player, size_t factor, struct text *to)
{
    if (player == MODEL_NOWHERE) {
        text_puts(to, "mean(");
        bool any = put_rivals(b, factor, to) > 0;
        text_puts(to, ")");
        return any;
    }
    text_puts(to, explain_decimal(level_at(b, player, factor)).text);
    return level_at(b, player, factor) != MODEL_ABSENT;
}

/* Sums over the factors that both curves have. */
struct sums {
    size_t n;
    struct text x, y, xx, yy, xy;
};

static void add_factor(
    struct sums *s, const struct board *b, size_t player, size_t factor)
{
    struct text other = {0};
    struct number own = explain_decimal(level_at(b, b->ours, factor));
    const char *plus = s->n ? " + " : "";

    if (level_at(b, b->ours, factor) != MODEL_ABSENT &&
        put_other(b, player, factor, &other)) {
        text_printf(&s->x, "%s%s", plus, own.text);
        text_printf(&s->y, "%s%s", plus, text_peek(&other));
        text_printf(&s->xx, "%s%s ^ 2", plus, own.text);
        text_printf(&s->yy, "%s(%s) ^ 2", plus, text_peek(&other));
        text_printf(&s->xy, "%s%s x %s", plus, own.text, text_peek(&other));
        s->n++;
    }
    text_fini(&other);
}

static void say_divergence(
    struct figures *f, const struct board *b, size_t player, int64_t divergence)
{
    struct sums s = {0};

    for (size_t k = 0; k < b->factors_n; k++)
        add_factor(&s, b, player, k);
    if (divergence != MODEL_ABSENT)
        explain_say(f,
            "divergence = 1 - correlation over the factors that both have = "
            "1 - (n x sum of products - sum x sum) / square root of the "
            "product of (n x sum of squares - sum ^ 2) = 1 - (%zu x (%s) - "
            "(%s) x (%s)) / ((%zu x (%s) - (%s) ^ 2) x (%zu x (%s) - (%s) ^ "
            "2)) ^ 0.5 = %s",
            s.n, text_peek(&s.xy), text_peek(&s.x), text_peek(&s.y), s.n,
            text_peek(&s.xx), text_peek(&s.x), s.n, text_peek(&s.yy),
            text_peek(&s.y), explain_micro(divergence).text);
    else if (b->ours != MODEL_NOWHERE && player != b->ours)
        explain_say(f, "divergence: it needs two factors that both have, and "
                       "no curve that is flat");
    text_fini(&s.x);
    text_fini(&s.y);
    text_fini(&s.xx);
    text_fini(&s.yy);
    text_fini(&s.xy);
}

static void say_focus(
    struct figures *f, const struct board *b, size_t player, int64_t focus)
{
    struct text apart = {0}, sum = {0};
    size_t n = 0;

    for (size_t k = 0; k < b->factors_n; k++) {
        struct number own = explain_decimal(level_at(b, player, k));
        if (level_at(b, player, k) == MODEL_ABSENT)
            continue;
        text_printf(&sum, "%s%s", n++ ? " + " : "", own.text);
        for (size_t i = 0; i < k; i++)
            if (level_at(b, player, i) != MODEL_ABSENT)
                text_printf(&apart, "%s|%s - %s|", apart.len ? " + " : "",
                    own.text, explain_decimal(level_at(b, player, i)).text);
    }
    if (focus != MODEL_ABSENT)
        explain_say(f,
            "focus = Gini coefficient = sum of distances between each two "
            "levels / (levels x their sum) = (%s) / (%zu x (%s)) = %s",
            apart.len ? text_peek(&apart) : "0", n, text_peek(&sum),
            explain_micro(focus).text);
    text_fini(&apart);
    text_fini(&sum);
}

/* The levels of a player, or all of a factor. */
static void input_levels(struct figures *f, const struct object *of)
{
    for (size_t i = 0; i < f->record->n[KIND_CURVE]; i++) {
        const struct object *o = f->record->list[KIND_CURVE][i];

        if (maker_is_ref(of->kind == KIND_FACTOR ? VALUE(o, CURVE, FACTOR)
                                                 : VALUE(o, CURVE, PARTY),
                of))
            explain_input(f, o, FIELD_CURVE_LEVEL);
    }
}

static void say_rivals(
    struct figures *f, const struct board *b, size_t factor, int64_t mean)
{
    struct text all = {0};

    (void)put_rivals(b, factor, &all);
    if (mean != MODEL_ABSENT)
        explain_say(f, "rivals = mean of their levels = mean(%s) = %s",
            text_peek(&all), explain_micro(mean).text);
    else
        explain_say(f, "no level of a rival is recorded on it");
    explain_say(f,
        "eliminate: ours is 0, theirs is not; create: theirs is 0, ours is "
        "not; reduce or raise: they are %s or more apart; else keep",
        explain_decimal(b->least).text);
    input_levels(f, b->factors[factor]);
    text_fini(&all);
}

static enum err say_canvas(
    struct figures *f, const struct board *b, const struct canvas_result *c)
{
    const char *word = request_key(f->request, "over");
    const char *party = request_key(f->request, "party");
    size_t at = b->ours;
    enum err err = ERR_OK;

    if (word) {
        err = explain_find_key(f, "over", word, b->factors, b->factors_n, &at);
        if (err == ERR_OK)
            say_rivals(f, b, at, c->factors[at].mean);
        return err;
    }
    if (party || at == MODEL_NOWHERE)
        err = explain_find_key(f, "party", party,
            (const struct object *const *)b->players, b->players_n, &at);
    if (err != ERR_OK)
        return err;
    say_focus(f, b, at, c->focuses[at]);
    say_divergence(f, b, at == b->ours ? MODEL_NOWHERE : at,
        at == b->ours ? c->divergence : c->divergences[at]);
    input_levels(f, b->players[at]);
    if (at != b->ours && b->ours != MODEL_NOWHERE)
        input_levels(f, b->players[b->ours]);
    return ERR_OK;
}

enum err explain_canvas(struct figures *f)
{
    struct board b;
    enum err err = board_init(&b, f);

    if (err != ERR_OK)
        return err;
    struct canvas_result *c = board_compute(&b);
    err = say_canvas(f, &b, c);
    canvas_free(&c);
    board_fini(&b);
    return err;
}

/* Heads. */

static enum err choose_groups(struct nonclients *c)
{
    const char *word = request_key(c->f->request, "over");
    const struct record *r = c->f->record;
    size_t at = 0;

    for (size_t i = 0; i < c->n && word == NULL; i++)
        c->in[i] = true;
    if (word == NULL)
        return ERR_OK;
    if (list_holds(fields[FIELD_NONCLIENT_TIER].arg, word, strlen(word))) {
        (void)nonclients_tier(c, word);
        return ERR_OK;
    }
    at = explain_find((const struct object *const *)r->list[KIND_FACTOR],
        r->n[KIND_FACTOR], word);
    if (at == MODEL_NOWHERE)
        return fault_set(c->f->fault, ERR_NONE, "over", word,
            "leaving, refusing, unexplored, or the id or code of a factor");
    (void)nonclients_factor(c, r->list[KIND_FACTOR][at]);
    return ERR_OK;
}

static void add_group(const struct nonclients *c, size_t i, bool alone,
    struct text *most, struct text *least, struct text *sizes)
{
    long long size = (long long)c->groups[i].size;
    const char *plus = most->len ? " + " : "";

    text_printf(most, "%s%lld", plus, size);
    text_printf(sizes, "%s%lld", sizes->len ? ", " : "", size);
    text_printf(least, "%s%lld", plus, size);
    if (!alone && c->groups[i].overlap > 0)
        text_printf(least, " - down(%lld x %s, 0)", size,
            explain_decimal(c->groups[i].overlap).text);
}

static void say_group(const struct nonclients *c, size_t i, bool held)
{
    struct text name = {0};

    object_name(&name, c->list[i]);
    if (c->groups[i].size == MODEL_ABSENT)
        explain_say(
            c->f, "%s: its size is not known, and counts 0", text_peek(&name));
    else if (held)
        explain_say(c->f,
            "%s: these %lld are within a group that is counted already",
            text_peek(&name), (long long)c->groups[i].size);
    explain_input(c->f, c->list[i], FIELD_NONCLIENT_SIZE);
    if (c->parties[i]) {
        explain_input(c->f, c->parties[i], FIELD_PARTY_SIZE);
        explain_input(c->f, c->parties[i], FIELD_PARTY_OVERLAP);
        explain_input(c->f, c->parties[i], FIELD_PARTY_WITHIN);
    }
    text_fini(&name);
}

static void say_heads(const struct nonclients *c)
{
    struct text most = {0}, least = {0}, sizes = {0}, ones = {0};
    struct heads_sum sum;
    size_t counted = 0, unknown = 0;

    for (size_t i = 0; i < c->n; i++)
        counted += c->in[i];
    for (size_t i = 0; i < c->n; i++) {
        bool known = c->groups[i].size != MODEL_ABSENT;
        if (!c->in[i])
            continue;
        bool held =
            known && heads_is_held(c->groups, c->n, c->inside, c->in, i);
        say_group(c, i, held);
        if (known && !held)
            add_group(c, i, counted == 1, &most, &least, &sizes);
        if (!known)
            text_puts(&ones, unknown++ ? " + 1" : "1");
    }
    heads_union(c->groups, c->n, c->inside, c->in, &sum);
    if (most.len) {
        explain_say(c->f,
            "size = heads that are certainly different ones: at least the "
            "largest group, and each size less what other groups may count "
            "= max(%s, %s) = %lld",
            text_peek(&sizes), text_peek(&least), (long long)sum.least);
        explain_say(c->f, "most = if nothing overlapped = %s = %lld",
            text_peek(&most), (long long)sum.most);
    }
    if (most.len == 0)
        explain_say(c->f, "size = nobody whose number is known = 0 = 0");
    if (unknown)
        explain_say(c->f, "unknown = groups of unknown size = %s = %zu",
            text_peek(&ones), unknown);
    text_fini(&most);
    text_fini(&least);
    text_fini(&sizes);
    text_fini(&ones);
}

enum err explain_heads(struct figures *f)
{
    struct nonclients c;

    nonclients_init(&c, f);
    enum err err = choose_groups(&c);
    if (err == ERR_OK)
        say_heads(&c);
    nonclients_fini(&c);
    return err;
}
