/* SPDX-License-Identifier: Apache-2.0
 *
 * replay.c - reads the arithmetic of a line and computes it with bounds.
 */
#include "tests/parts/replay.h"

#include "protocol/base_mem.h"

#include <ctype.h>
#include <gmp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ARGUMENTS 256
/* What a logarithm or a root in floating point may be off by. */
#define SLACK 1e-12

/* A number that lies within two bounds; all of a line are freed together. */
struct span {
    mpq_t low, high;
    struct span *next;
};

struct reading {
    const char *p;
    struct span *all;
    bool broken;
};

static struct span *make(struct reading *r)
{
    struct span *s = mem_new(sizeof *s);

    mpq_inits(s->low, s->high, NULL);
    s->next = r->all;
    r->all = s;
    return s;
}

static void free_all(struct reading *r)
{
    while (r->all) {
        struct span *next = r->all->next;

        mpq_clears(r->all->low, r->all->high, NULL);
        free(r->all);
        r->all = next;
    }
}

static struct span *read_sum(struct reading *r);

static void skip_blanks(struct reading *r)
{
    r->p += strspn(r->p, " ");
}

static bool take(struct reading *r, const char *word)
{
    skip_blanks(r);
    if (strncmp(r->p, word, strlen(word)) != 0)
        return false;
    r->p += strlen(word);
    return true;
}

static bool is_date(const char *p)
{
    static const char shape[] = "0000-00-00";

    for (size_t i = 0; shape[i]; i++)
        if (shape[i] == '-' ? p[i] != '-' : !isdigit((unsigned char)p[i]))
            return false;
    return true;
}

/* A date counts as its days since 1970. */
static struct span *read_date(struct reading *r)
{
    struct tm day = {.tm_year = (int)strtol(r->p, NULL, 10) - 1900,
        .tm_mon = (int)strtol(r->p + 5, NULL, 10) - 1,
        .tm_mday = (int)strtol(r->p + 8, NULL, 10)};
    struct span *s = make(r);

    mpq_set_si(s->low, (long)timegm(&day) / 86400, 1);
    mpq_set(s->high, s->low);
    r->p += strlen("0000-00-00");
    return s;
}

/* Six decimals may have been rounded; what has fewer is exact. */
static struct span *read_number(struct reading *r)
{
    if (is_date(r->p))
        return read_date(r);
    char digits[64] = {0};
    struct span *s = make(r);
    size_t minus = *r->p == '-';
    size_t whole = strspn(r->p + minus, "0123456789");
    size_t len = minus + whole;
    size_t decimals = 0;
    mpz_t scale;

    if (whole > 0 && r->p[len] == '.')
        decimals = strspn(r->p + len + 1, "0123456789");
    if (whole == 0 || len + decimals + 2 > sizeof digits) {
        r->broken = true;
        return s;
    }
    memcpy(digits, r->p, len);
    memcpy(digits + len, r->p + len + 1, decimals);
    r->p += len + (decimals ? decimals + 1 : 0);
    mpz_init(scale);
    mpz_ui_pow_ui(scale, 10, decimals);
    (void)mpz_set_str(mpq_numref(s->low), digits, 10);
    mpz_set(mpq_denref(s->low), scale);
    mpq_canonicalize(s->low);
    mpq_set(s->high, s->low);
    if (decimals == 6) {
        mpq_t half;
        mpq_init(half);
        mpq_set_ui(half, 1, 2000000);
        mpq_sub(s->low, s->low, half);
        mpq_add(s->high, s->high, half);
        mpq_clear(half);
    }
    mpz_clear(scale);
    return s;
}

static int compare_fractions(const void *one, const void *other)
{
    return mpq_cmp(*(const mpq_srcptr *)one, *(const mpq_srcptr *)other);
}

static void divide_by(mpq_t x, unsigned long by)
{
    mpq_t n;

    mpq_init(n);
    mpq_set_ui(n, by, 1);
    mpq_div(x, x, n);
    mpq_clear(n);
}

/* At so many decimals: 'r' half up, 'u' up and 'o' down whatever is left. */
static void round_at(mpq_t out, mpq_srcptr x, mpq_srcptr digits, char how)
{
    mpz_t scale, whole;

    mpz_inits(scale, whole, NULL);
    mpz_ui_pow_ui(scale, 10, (unsigned long)mpq_get_d(digits));
    mpz_mul(whole, mpq_numref(x), scale);
    if (how == 'u') {
        mpz_cdiv_q(whole, whole, mpq_denref(x));
    } else if (how == 'o') {
        mpz_fdiv_q(whole, whole, mpq_denref(x));
    } else {
        mpz_mul_2exp(whole, whole, 1);
        mpz_add(whole, whole, mpq_denref(x));
        mpz_fdiv_q(whole, whole, mpq_denref(x));
        mpz_fdiv_q_2exp(whole, whole, 1);
    }
    mpq_set_num(out, whole);
    mpq_set_den(out, scale);
    mpq_canonicalize(out);
    mpz_clears(scale, whole, NULL);
}

/* One end of what a function gives, of the same ends of its arguments. */
static void give(char name, mpq_t out, mpq_srcptr *x, size_t n)
{
    if (name == 'l') {
        mpq_set_d(out, log(mpq_get_d(x[0])));
        return;
    }
    if (n > 1 && strchr("ruo", name)) {
        round_at(out, x[0], x[1], name);
        return;
    }
    if (name == 'a') {
        for (size_t i = 0; i < n; i++)
            mpq_add(out, out, x[i]);
        divide_by(out, (unsigned long)n);
        return;
    }
    qsort(x, n, sizeof(mpq_srcptr), compare_fractions);
    if (name == 'd') {
        mpq_add(out, x[(n - 1) / 2], x[n / 2]);
        divide_by(out, 2);
        return;
    }
    mpq_set(out, name == 'i' ? x[0] : x[n - 1]);
}

static struct span *read_call(struct reading *r, char name)
{
    mpq_srcptr low[ARGUMENTS], high[ARGUMENTS];
    struct span *s = make(r);
    size_t n = 0;

    do {
        struct span *x = read_sum(r);
        low[n] = x->low;
        high[n++] = x->high;
    } while (n < ARGUMENTS && take(r, ","));
    r->broken |= !take(r, ")") || (strchr("ruo", name) && n < 2);
    if (!r->broken) {
        give(name, s->low, low, n);
        give(name, s->high, high, n);
    }
    return s;
}

static struct span *read_size(struct reading *r)
{
    struct span *s = read_sum(r);
    mpq_t low, high;

    mpq_inits(low, high, NULL);
    mpq_abs(low, s->low);
    mpq_abs(high, s->high);
    bool over = mpq_sgn(s->low) < 0 && mpq_sgn(s->high) > 0;
    bool down = mpq_cmp(low, high) > 0;
    mpq_set(s->high, down ? low : high);
    if (over)
        mpq_set_ui(s->low, 0, 1);
    else
        mpq_set(s->low, down ? high : low);
    mpq_clears(low, high, NULL);
    r->broken |= !take(r, "|");
    return s;
}

static struct span *read_atom(struct reading *r)
{
    static const struct {
        const char *word;
        char name;
    } calls[] = {{"log(", 'l'}, {"round(", 'r'}, {"up(", 'u'}, {"down(", 'o'},
        {"median(", 'd'}, {"mean(", 'a'}, {"min(", 'i'}, {"max(", 'x'}};

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (take(r, calls[i].word))
            return read_call(r, calls[i].name);
    if (take(r, "|"))
        return read_size(r);
    bool minus = strncmp(r->p, "-(", 2) == 0;
    if (!take(r, minus ? "-(" : "("))
        return read_number(r);
    struct span *inner = read_sum(r);
    r->broken |= !take(r, ")");
    if (minus) {
        mpq_swap(inner->low, inner->high);
        mpq_neg(inner->low, inner->low);
        mpq_neg(inner->high, inner->high);
    }
    return inner;
}

/* The least and the most of four. */
static struct span *spread(struct reading *r, mpq_t x[4])
{
    struct span *s = make(r);

    mpq_set(s->low, x[0]);
    mpq_set(s->high, x[0]);
    for (int i = 1; i < 4; i++) {
        if (mpq_cmp(x[i], s->low) < 0)
            mpq_set(s->low, x[i]);
        if (mpq_cmp(x[i], s->high) > 0)
            mpq_set(s->high, x[i]);
    }
    return s;
}

static void set_power(mpq_t out, mpq_srcptr base, mpq_srcptr by, double slack)
{
    if (mpq_cmp_ui(by, 2, 1) == 0) {
        mpq_mul(out, base, base);
        return;
    }
    double x = pow(mpq_get_d(base), mpq_get_d(by));
    mpq_set_d(out, isfinite(x) ? x + fabs(x) * slack : 0.0);
}

static struct span *read_power(struct reading *r)
{
    struct span *base = read_atom(r);
    mpq_t x[4];

    if (!take(r, "^"))
        return base;
    struct span *by = read_atom(r);
    for (int i = 0; i < 4; i++) {
        mpq_init(x[i]);
        set_power(x[i], i & 1 ? base->high : base->low,
            i & 2 ? by->high : by->low, i & 1 ? SLACK : -SLACK);
    }
    struct span *s = spread(r, x);
    for (int i = 0; i < 4; i++)
        mpq_clear(x[i]);
    return s;
}

static struct span *times(
    struct reading *r, struct span *a, struct span *b, bool divides)
{
    mpq_t x[4];

    if (divides && mpq_sgn(b->low) * mpq_sgn(b->high) <= 0) {
        r->broken = true;
        return a;
    }
    for (int i = 0; i < 4; i++) {
        mpq_srcptr left = i & 1 ? a->high : a->low;
        mpq_srcptr right = i & 2 ? b->high : b->low;
        mpq_init(x[i]);
        if (divides)
            mpq_div(x[i], left, right);
        else
            mpq_mul(x[i], left, right);
    }
    struct span *s = spread(r, x);
    for (int i = 0; i < 4; i++)
        mpq_clear(x[i]);
    return s;
}

static struct span *read_product(struct reading *r)
{
    struct span *a = read_power(r);

    while (!r->broken) {
        bool divides = take(r, "/ ");
        if (!divides && !take(r, "x "))
            break;
        a = times(r, a, read_power(r), divides);
    }
    return a;
}

static struct span *read_sum(struct reading *r)
{
    struct span *a = read_product(r);

    while (!r->broken) {
        bool minus = take(r, "- ");
        if (!minus && !take(r, "+ "))
            break;
        struct span *b = read_product(r);
        struct span *s = make(r);
        if (minus) {
            mpq_sub(s->low, a->low, b->high);
            mpq_sub(s->high, a->high, b->low);
        } else {
            mpq_add(s->low, a->low, b->low);
            mpq_add(s->high, a->high, b->high);
        }
        a = s;
    }
    return a;
}

/* Whether two spans share a number, but for what floating point leaves. */
static bool meet(const struct span *a, const struct span *b)
{
    mpq_t most, least, slack;

    mpq_inits(most, least, slack, NULL);
    mpq_set_ui(slack, 1, 1000000000);
    mpq_add(most, a->high, slack);
    mpq_sub(least, a->low, slack);
    bool same = mpq_cmp(b->low, most) <= 0 && mpq_cmp(b->high, least) >= 0;
    mpq_clears(most, least, slack, NULL);
    return same;
}

/* "at PRICE: ... = lead": on which side of it the lead is lost. */
static void note_side(struct replay *r, const char *clause, const char *result)
{
    const char *colon = strstr(clause, ":");

    clause += strspn(clause, " ");
    size_t word = strcspn(clause, " ");
    if (colon == NULL || strspn(clause + word, " 0123456789.") + clause + word <
                             colon - (colon[-1] == ' '))
        return;
    double at = strtod(clause + word, NULL);
    if (*result == '-')
        r->lost = at;
    else
        r->held = at;
}

/* One clause, which ends at a semicolon. */
static void replay_clause(struct replay *r, const char *clause)
{
    const char *last = NULL, *before = NULL;

    for (const char *p = clause; (p = strstr(p, " = ")) != NULL; p += 3) {
        before = last;
        last = p;
    }
    if (before == NULL || strncmp(last + 3, "none", 4) == 0)
        return;
    struct reading read = {.p = before + 3};
    struct span *got = read_sum(&read);
    skip_blanks(&read);
    bool stuck = read.broken || read.p != last + 1;
    const char *at = read.p;
    read.p = last + 3;
    struct span *told = read_number(&read);
    if (stuck)
        text_printf(&r->wrong, "%s: stuck at: %s\n", clause, at);
    else if (read.broken || !meet(got, told))
        text_printf(&r->wrong, "%s: gives %.9f to %.9f\n", clause,
            mpq_get_d(got->low), mpq_get_d(got->high));
    r->followed++;
    text_printf(&r->reached, " %.*s ", (int)(read.p - last - 3), last + 3);
    note_side(r, clause, last + 3);
    free_all(&read);
}

void replay_line(struct replay *r, const char *line)
{
    char *copy = mem_copy(line, strlen(line) + 1);
    char *rest = copy;

    for (char *clause; (clause = strsep(&rest, ";")) != NULL;)
        replay_clause(r, clause);
    free(copy);
}

void replay_answer(struct replay *r, const char *answer)
{
    char *copy = mem_copy(answer, strlen(answer) + 1);
    char *rest = copy;

    for (char *row; (row = strsep(&rest, "\r\n")) != NULL;) {
        row += strspn(row, " ");
        if (row[0] == '|' && row[1] == ' ')
            replay_line(r, row + 2);
    }
    free(copy);
}

bool replay_reaches(const struct replay *r, const char *number)
{
    struct text word = {0};

    text_printf(&word, " %s ", number);
    bool found = strstr(text_peek(&r->reached), text_peek(&word)) != NULL;
    text_fini(&word);
    double at = strtod(number, NULL);
    return found || (r->held > 0 && r->held <= at && at <= r->lost &&
                        r->lost - r->held < 1e-5 * at + 1e-3);
}

void replay_fini(struct replay *r)
{
    text_fini(&r->reached);
    text_fini(&r->wrong);
}
