/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c - what was measured, as a page of Markdown.
 */
#include "tests/bench/table.h"

#include "protocol/base_mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

struct row *table_row(struct table *table, const char *what, const char *unit,
    bool cost, double bar)
{
    for (size_t i = 0; i < table->n; i++)
        if (strcmp(table->list[i].what, what) == 0)
            return &table->list[i];
    table->list =
        mem_grow(table->list, &table->room, table->n + 1, sizeof *table->list);
    struct row *row = &table->list[table->n++];
    *row = (struct row){.unit = unit, .cost = cost, .bar = bar};
    (void)snprintf(row->what, sizeof row->what, "%s", what);
    return row;
}

static void print_value(struct text *to, double value)
{
    if (value <= 0)
        text_puts(to, " |");
    else if (value < 100)
        text_printf(to, " %.1f |", value);
    else
        text_printf(to, " %.0f |", value);
}

static void print_ratio(struct text *to, const struct row *row, size_t peer)
{
    double ours = row->values[0];
    double theirs = row->values[peer];

    if (ours <= 0 || theirs <= 0)
        text_puts(to, " |");
    else
        text_printf(to, " %.2f |", row->cost ? theirs / ours : ours / theirs);
}

static void print_figures(const struct table *table, struct text *to)
{
    text_puts(to, "| work |");
    for (size_t p = 1; p < TABLE_PEERS; p++)
        text_printf(to, " × %s |", table->peers[p]->name);
    for (size_t p = 0; p < TABLE_PEERS; p++)
        text_printf(to, " %s |", table->peers[p]->name);
    text_puts(to, " bar | unit |\n|---|");
    for (size_t p = 0; p < TABLE_PEERS * 2; p++)
        text_puts(to, "--:|");
    text_puts(to, "---|\n");
    for (size_t i = 0; i < table->n; i++) {
        const struct row *row = &table->list[i];

        text_printf(to, "| %s |", row->what);
        for (size_t p = 1; p < TABLE_PEERS; p++)
            print_ratio(to, row, p);
        for (size_t p = 0; p < TABLE_PEERS; p++)
            print_value(to, row->values[p]);
        print_value(to, row->bar);
        text_printf(to, " %s |\n", row->unit);
    }
}

static void print_times(const struct table *table, struct text *to)
{
    text_puts(to, "\nTimes in milliseconds, p50 / p99 / p99.9:\n\n| work |");
    for (size_t p = 0; p < TABLE_PEERS; p++)
        text_printf(to, " %s |", table->peers[p]->name);
    text_puts(to, "\n|---|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < table->n; i++) {
        const struct row *row = &table->list[i];
        bool any = false;

        for (size_t p = 0; p < TABLE_PEERS; p++)
            any |= row->spreads[p].p50 > 0;
        if (!any)
            continue;
        text_printf(to, "| %s |", row->what);
        for (size_t p = 0; p < TABLE_PEERS; p++)
            if (row->spreads[p].p50 > 0)
                text_printf(to, " %.2f / %.2f / %.2f |", row->spreads[p].p50,
                    row->spreads[p].p99, row->spreads[p].p999);
            else
                text_puts(to, " |");
        text_puts(to, "\n");
    }
}

void table_print(const struct table *table, struct text *to)
{
    print_figures(table, to);
    print_times(table, to);
}

/* The value behind "KEY : " in a file of /proc. */
static void read_fact(struct text *to, const char *file, const char *key)
{
    char line[256];
    FILE *from = fopen(file, "re");

    while (from && fgets(line, sizeof line, from)) {
        const char *value = strchr(line, ':');

        if (strncmp(line, key, strlen(key)) != 0 || value == NULL)
            continue;
        value += 1 + strspn(value + 1, " \t");
        text_add(to, value, strcspn(value, "\n"));
        break;
    }
    if (from)
        (void)fclose(from);
}

void machine_print(const struct table *table, struct text *to)
{
    struct utsname name;
    char day[32] = "";
    time_t now = time(NULL);
    struct tm utc;
    double load[3] = {0};

    (void)uname(&name);
    (void)getloadavg(load, 3);
    (void)strftime(day, sizeof day, "%Y-%m-%d %H:%M", gmtime_r(&now, &utc));
    text_printf(to, "Measured %s UTC, %ld processors (", day,
        sysconf(_SC_NPROCESSORS_ONLN));
    read_fact(to, "/proc/cpuinfo", "model name");
    text_puts(to, "), memory ");
    read_fact(to, "/proc/meminfo", "MemTotal");
    text_printf(to, ", %s %s; others on the machine: load %.1f before.\n",
        name.sysname, name.release, load[0]);
    for (size_t p = 0; p < TABLE_PEERS; p++)
        if (table->runs[p])
            text_printf(to, "- %s: %s; %s\n", table->peers[p]->name,
                text_peek(&table->versions[p]), table->peers[p]->durable);
        else
            text_printf(
                to, "- %s: not installed here\n", table->peers[p]->name);
    text_puts(to, "\n");
}

void table_fini(struct table *table)
{
    for (size_t p = 0; p < TABLE_PEERS; p++)
        text_fini(&table->versions[p]);
    free(table->list);
    *table = (struct table){0};
}
