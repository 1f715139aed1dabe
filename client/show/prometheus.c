/* SPDX-License-Identifier: Apache-2.0
 *
 * prometheus.c - metrics, from the table of what a server counts and from the
 * one below.
 *
 * The lines of one metric must stand together, whereas a row of stat makes
 * several: so all rows are looked through for each metric.
 */
#include "client/show/prometheus.h"

#include "protocol/stat.h"

#include <stdlib.h>
#include <string.h>

/* What a row of times or sizes makes: a summary, or one number of it. */
static const struct {
    const char *kind;   /* of the row */
    const char *key;    /* that the row must have, and */
    const char *value;  /* its value, NULL for any, which then is a label */
    const char *metric; /* without "diptych_" */
    const char *number; /* key of the one number; NULL: a summary */
    bool in_seconds;    /* the row counts microseconds */
    const char *help;
} metrics[] = {
    {"latency", "verb", NULL, "request_duration_seconds", NULL, true,
        "From taking a request up to its answer."},
    {"latency", "verb", NULL, "request_errors_total", "errors", false,
        "Requests answered with err."},
    {"commit", "of", "time", "commit_duration_seconds", NULL, true,
        "A commit with its fsync."},
    {"commit", "of", "changes", "commit_changes", NULL, false,
        "Changes that shared a commit."},
    {"head", "seq", NULL, "head_seq", "seq", false,
        "The number of the team's last change."},
};

#define METRICS (sizeof metrics / sizeof *metrics)

static void put_head(
    struct text *to, const char *name, const char *help, const char *type)
{
    text_printf(to, "# HELP diptych_%s %s\n# TYPE diptych_%s %s\n", name, help,
        name, type);
}

/* Names of metrics have underscores; the unit stands behind, then _total. */
static void put_figure(struct text *to, const struct row *row)
{
    const char *word = row_get(row, "name");
    const char *value = row_get(row, "value");
    enum stat_id id = word ? stat_find(word) : STAT_COUNT;
    struct text name = {0};

    if (id == STAT_COUNT || value == NULL)
        return;
    for (const char *p = word; *p; p++)
        text_putc(&name, *p == '-' ? '_' : *p);
    if (strcmp(stat_rows[id].unit, "count") != 0)
        text_printf(&name, "_%s", stat_rows[id].unit);
    if (stat_rows[id].grows)
        text_puts(&name, "_total");
    put_head(to, text_peek(&name), stat_rows[id].help[0],
        stat_rows[id].grows ? "counter" : "gauge");
    text_printf(to, "diptych_%s %s\n", text_peek(&name), value);
    text_fini(&name);
}

/* A number of a row; microseconds become seconds without rounding. */
static void put_number(
    struct text *to, const struct row *row, const char *key, bool in_seconds)
{
    const char *word = row_get(row, key);
    unsigned long long number = word ? strtoull(word, NULL, 10) : 0;

    if (in_seconds)
        text_printf(to, " %llu.%06llu\n", number / 1000000, number % 1000000);
    else
        text_printf(to, " %llu\n", number);
}

/* Words of verbs need no escapes; a server that sends others is not trusted. */
static void put_label(struct text *to, const char *value)
{
    text_puts(to, "verb=\"");
    for (; *value; value++)
        if (strchr("\"\\\n", *value) == NULL)
            text_putc(to, *value);
    text_putc(to, '"');
}

static void put_sample(struct text *to, size_t metric, const char *behind,
    const char *verb, const char *quantile)
{
    text_printf(to, "diptych_%s%s", metrics[metric].metric, behind);
    if (verb == NULL && quantile == NULL)
        return;
    text_putc(to, '{');
    if (verb)
        put_label(to, verb);
    if (quantile)
        text_printf(to, "%squantile=\"%s\"", verb ? "," : "", quantile);
    text_putc(to, '}');
}

static void put_samples(struct text *to, size_t metric, const struct row *row)
{
    bool in_seconds = metrics[metric].in_seconds;
    const char *verb = row_get(row, "verb");

    if (metrics[metric].number) {
        put_sample(to, metric, "", verb, NULL);
        put_number(to, row, metrics[metric].number, false);
        return;
    }
    put_sample(to, metric, "", verb, "0.5");
    put_number(to, row, "p50", in_seconds);
    put_sample(to, metric, "", verb, "0.99");
    put_number(to, row, "p99", in_seconds);
    put_sample(to, metric, "_sum", verb, NULL);
    put_number(to, row, "sum", in_seconds);
    put_sample(to, metric, "_count", verb, NULL);
    put_number(to, row, "n", false);
}

static const char *type_of(size_t metric)
{
    if (metrics[metric].number == NULL)
        return "summary";
    return strstr(metrics[metric].metric, "_total") ? "counter" : "gauge";
}

static bool makes(const struct row *row, size_t metric)
{
    const char *value = row_get(row, metrics[metric].key);

    return row_is(row, metrics[metric].kind) && value != NULL &&
           (metrics[metric].value == NULL ||
               strcmp(value, metrics[metric].value) == 0);
}

void prometheus_print(struct text *to, const struct rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        if (row_is(&rows->list[i], "figure"))
            put_figure(to, &rows->list[i]);
    for (size_t metric = 0; metric < METRICS; metric++) {
        bool begun = false;

        for (size_t i = 0; i < rows->n; i++) {
            if (!makes(&rows->list[i], metric))
                continue;
            if (!begun)
                put_head(to, metrics[metric].metric, metrics[metric].help,
                    type_of(metric));
            begun = true;
            put_samples(to, metric, &rows->list[i]);
        }
    }
}
