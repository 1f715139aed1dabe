/* SPDX-License-Identifier: Apache-2.0
 *
 * import.c - "diptych import": files in, requests out.
 */
#include "client/notice/import.h"

#include "client/notice/import_record.h"
#include "client/notice/notice_commands.h"
#include "protocol/base_mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One run of the command. */
struct run {
    const struct import_flags *flags;
    const struct import_link *link;
    FILE *out, *complain;
    bool is_lost; /* the connection is */
};

/* One notice on its way into the record. */
struct import {
    struct run *run;
    const struct notice *notice;
    struct notice_known known;
    struct notice_match match;
    struct notice_plan plan;
    struct remarks remarks;
    struct text why;
};

static void say_line(FILE *to, const char *file, enum language language,
    enum remark_id id, const char *a, const char *b)
{
    struct text line = {0};

    text_printf(&line, "%s: ", file);
    remark_say(&line, language, id, a, b, NULL, NULL);
    (void)fprintf(to, "%s\n", line.bytes);
    text_fini(&line);
}

/* At most one byte more than a notice may have, which notice_read refuses. */
static enum err read_bytes(const char *file, struct text *bytes)
{
    char part[65536];
    size_t n;
    FILE *from = fopen(file, "rb");

    if (from == NULL)
        return ERR_NONE;
    while (bytes->len <= NOTICE_BYTES &&
           (n = fread(part, 1, sizeof part, from)) > 0)
        text_add(bytes, part, n);
    bool failed = ferror(from) != 0;
    int why = errno;
    (void)fclose(from);
    errno = why;
    return failed ? ERR_NONE : ERR_OK;
}

static enum err read_file(
    struct run *run, const char *file, struct notice **made)
{
    struct text bytes = {0};
    struct text why = {0};
    enum err err = read_bytes(file, &bytes);

    if (err != ERR_OK)
        say_line(run->complain, file, run->flags->language, REMARK_NO_FILE,
            strerror(errno), NULL);
    else
        err = notice_read(text_peek(&bytes), bytes.len, file,
            run->flags->language, made, &why);
    if (why.len)
        (void)fprintf(run->complain, "%s\n", why.bytes);
    text_fini(&why);
    text_fini(&bytes);
    return err;
}

/* What was done to the objects of each kind: "tender 1, criterion 4". */
static void add_counts(struct text *to, const char *word, const size_t *counts)
{
    bool first = true;

    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (counts[i] == 0)
            continue;
        if (first)
            text_printf(to, "%s%s", to->len ? "; " : "", word);
        text_printf(to, "%s %s %zu", first ? "" : ",",
            kind_row((enum kind)i)->word, counts[i]);
        first = false;
    }
}

static void say_done(struct import *m, const char *tender)
{
    bool french = m->run->flags->language == LANGUAGE_FRENCH;
    struct text counts = {0};

    add_counts(&counts, french ? "ajouté :" : "added", m->plan.added);
    add_counts(&counts, french ? "changé :" : "changed", m->plan.changed);
    if (counts.len == 0)
        text_puts(&counts, french ? "avis noté" : "notice noted");
    say_line(m->run->out, m->notice->file, m->run->flags->language, REMARK_DONE,
        tender, counts.bytes);
    text_fini(&counts);
}

/* Which request of which line was refused, and how. */
static void say_refused(
    struct import *m, size_t step, const struct import_reply *reply)
{
    size_t len;
    const char *request = plan_request(&m->plan, step, &len);
    char *words = mem_copy(request, strcspn(request, "\n"));

    if (m->plan.steps[step].line)
        text_printf(
            &m->why, "%s:%ld: ", m->notice->file, m->plan.steps[step].line);
    else
        text_printf(&m->why, "%s: ", m->notice->file);
    remark_say(&m->why, m->run->flags->language, REMARK_SERVER_REFUSED, words,
        text_peek(&reply->line), NULL, NULL);
    free(words);
}

/* Asks the requests from..to one by one up to the first that is refused. */
static enum err ask_in_turn(
    struct import *m, size_t *at, struct import_reply *reply)
{
    const struct import_link *link = m->run->link;

    for (*at = 0; *at < m->plan.n; ++*at) {
        size_t len;
        const char *bytes = plan_request(&m->plan, *at, &len);
        char *request = mem_copy(bytes, len);

        import_reply_fini(reply);
        enum err err = link->ask(link->ctx, request, len, reply, &m->why);
        free(request);
        if (err != ERR_OK)
            return err;
        if (reply->err != ERR_OK)
            return ERR_OK;
    }
    --*at;
    return ERR_OK;
}

static enum err ask_at_once(
    struct import *m, size_t *at, struct import_reply *reply)
{
    const struct import_link *link = m->run->link;
    size_t n = m->plan.n;
    const char **requests = mem_new(n * sizeof *requests);
    size_t *lens = mem_new(n * sizeof *lens);

    for (size_t i = 0; i < n; i++)
        requests[i] = plan_request(&m->plan, i, &lens[i]);
    enum err err =
        link->ask_all(link->ctx, requests, lens, n, at, reply, &m->why);
    free(lens);
    free(requests);
    return err;
}

/* The step that a refused commit names; the commit itself when it names
 * none.  Steps are counted from 1 behind "begin". */
static size_t find_step(
    const struct import *m, size_t at, const struct import_reply *reply)
{
    const char *word = import_reply_final(reply, "step");
    size_t step = (size_t)strtoul(word, NULL, 10);

    return at + 1 == m->plan.n && step > 0 && step < at ? step : at;
}

/* A batch that was begun and not committed is dropped, so that the next
 * notice can begin its own. */
static void drop_batch(struct import *m)
{
    const struct import_link *link = m->run->link;
    struct import_reply reply = {0};
    struct text unheard = {0};

    if (link->ask(link->ctx, "abort\n", strlen("abort\n"), &reply, &unheard) !=
        ERR_OK)
        m->run->is_lost = true;
    text_fini(&unheard);
    import_reply_fini(&reply);
}

/* The id that the server gave the tender. */
static const char *find_tender(
    const struct import *m, const struct import_reply *reply)
{
    for (size_t i = 0; i < reply->rows.n; i++)
        if (strcmp(known_get(&reply->rows.all[i], "as"), "$t") == 0)
            return known_get(&reply->rows.all[i], "id");
    return m->match.tender ? m->match.tender->id : "tender";
}

static enum err send_plan(struct import *m)
{
    struct import_reply reply = {0};
    size_t at = 0;
    enum err err = m->run->link->ask_all ? ask_at_once(m, &at, &reply)
                                         : ask_in_turn(m, &at, &reply);

    if (err != ERR_OK) {
        m->run->is_lost = true;
    } else if (reply.err != ERR_OK) {
        err = reply.err;
        say_refused(m, find_step(m, at, &reply), &reply);
        if (at + 1 < m->plan.n)
            drop_batch(m);
    } else {
        say_done(m, find_tender(m, &reply));
    }
    import_reply_fini(&reply);
    return err;
}

/* Prints or sends what was planned. */
static enum err carry_out(struct import *m)
{
    const char *tender = m->match.tender ? m->match.tender->id : "";
    enum language language = m->run->flags->language;
    const char *file = m->notice->file;

    if (m->match.verdict == NOTICE_FILLS)
        say_line(m->run->complain, file, language, REMARK_OLDER, tender, NULL);
    if (m->match.verdict == NOTICE_KNOWN)
        say_line(m->run->out, file, language, REMARK_ALREADY, tender,
            known_get(m->match.tender, "title"));
    else if (m->plan.n == 0)
        say_line(m->run->out, file, language, REMARK_NOTHING, tender, NULL);
    else if (m->run->flags->dry_run)
        (void)fputs(m->plan.requests.bytes, m->run->out);
    else
        return send_plan(m);
    return ERR_OK;
}

static enum err ask_record(struct import *m)
{
    if (m->run->link == NULL)
        return ERR_OK;
    enum err err = record_ask(m->run->link, m->notice, &m->known, &m->why);
    m->run->is_lost = err == ERR_UNAVAILABLE;
    return err;
}

static enum err ask_tender(struct import *m)
{
    if (m->match.verdict != NOTICE_UPDATES && m->match.verdict != NOTICE_FILLS)
        return ERR_OK;
    enum err err = record_ask_tender(
        m->run->link, m->match.tender->id, m->match.seq, &m->known, &m->why);
    m->run->is_lost = err == ERR_UNAVAILABLE;
    return err;
}

static enum err import_notice(struct run *run, const struct notice *notice)
{
    struct import m = {.run = run, .notice = notice};
    enum language language = run->flags->language;
    enum err err = ask_record(&m);

    if (err == ERR_OK)
        err = notice_match(notice, &m.known, run->flags->as_new, language,
            &m.remarks, &m.match, &m.why);
    if (err == ERR_OK)
        err = ask_tender(&m);
    if (err == ERR_OK)
        err = notice_commands(
            notice, &m.known, &m.match, language, &m.remarks, &m.plan, &m.why);
    remarks_print(&m.remarks, notice->file, language, run->complain);
    if (err == ERR_OK)
        err = carry_out(&m);
    if (m.why.len)
        (void)fprintf(run->complain, "%s\n", m.why.bytes);
    text_fini(&m.why);
    remarks_fini(&m.remarks);
    plan_fini(&m.plan);
    known_fini(&m.known);
    return err;
}

/* A notice and its place among the files. */
struct item {
    struct notice *notice;
    size_t place;
};

/* Whether a notice follows others: what it changes or what it awards. */
static int rank_of(const struct notice *n)
{
    return notice_is_award(n) ? 2 : n->changes != NULL;
}

static int by_date(const void *a, const void *b)
{
    const struct item *x = a;
    const struct item *y = b;
    const char *left = x->notice->issue_date ? x->notice->issue_date : "";
    const char *right = y->notice->issue_date ? y->notice->issue_date : "";
    int order = strncmp(left, right, 10);

    if (order == 0)
        order = rank_of(x->notice) - rank_of(y->notice);
    if (order == 0)
        order = x->place < y->place ? -1 : 1;
    return order;
}

enum err import_run(const char *const *files, size_t n,
    const struct import_flags *flags, const struct import_link *link, FILE *out,
    FILE *complain)
{
    struct run run = {flags, link, out, complain, false};
    struct item *items = mem_new((n + 1) * sizeof *items);
    enum err first = ERR_OK;
    size_t read = 0;

    INSIST(link != NULL || flags->dry_run);
    for (size_t i = 0; i < n; i++) {
        enum err err = read_file(&run, files[i], &items[read].notice);

        items[read].place = i;
        read += err == ERR_OK;
        first = first == ERR_OK ? err : first;
    }
    qsort(items, read, sizeof *items, by_date);
    for (size_t i = 0; i < read; i++) {
        enum err err = run.is_lost ? ERR_UNAVAILABLE
                                   : import_notice(&run, items[i].notice);

        first = first == ERR_OK ? err : first;
        notice_free(&items[i].notice);
    }
    free(items);
    return first;
}
