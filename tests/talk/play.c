/* SPDX-License-Identifier: Apache-2.0
 *
 * play.c - the steps of a conversation, one behind the other.
 */
#include "tests/talk/play.h"

#include "protocol/base_mem.h"
#include "tests/talk/match.h"
#include "tests/talk/note.h"
#include "tests/talk/voice.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a line; a long computation under a sanitizer on a busy machine takes its
 * time. */
#define PATIENCE_MS 60000

struct play {
    const struct script *script;
    struct stage *stage;
    struct kept names;
    struct voice *voices;
    size_t n, room;
    struct text *seen;
    struct text why; /* not empty once something went wrong */
};

static struct voice *find_voice(struct play *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->voices[i].name, name) == 0)
            return &p->voices[i];
    p->voices = mem_grow(p->voices, &p->room, p->n + 1, sizeof *p->voices);
    p->voices[p->n] = (struct voice){.name = mem_text(name),
        .end = WIRE_LINE,
        .seen = p->seen,
        .patience_ms = PATIENCE_MS};
    return &p->voices[p->n++];
}

static bool is_shell(const struct step *step)
{
    return strcmp(step->actor, "sh") == 0;
}

/* What recipes for other programs need to know, as environment. */
static void tell_shell(const struct stage *stage)
{
    struct text path = {0};
    char *root = realpath(".", NULL);
    const char *old = getenv("PATH");

    text_printf(&path, "%s:%s", stage->build, old ? old : "/usr/bin:/bin");
    (void)setenv("PATH", text_peek(&path), 1);
    (void)setenv("ROOT", root ? root : ".", 1);
    (void)setenv("HOST", "127.0.0.1", 1);
    (void)setenv("BUILD", stage->build, 1);
    (void)setenv("PORT", stage->port, 1);
    (void)setenv("PLAIN", stage->plain, 1);
    (void)setenv("CA", stage->ca, 1);
    (void)setenv("HOME", stage->folder, 1);
    free(root);
    text_fini(&path);
}

static void start_server(struct play *p, const char *options)
{
    if (stage_start(p->stage, options, &p->why))
        tell_shell(p->stage);
}

/* user NAME ROLE of TEAM, before the server starts; an admin has no team. */
static void add_user(struct play *p, const char *text)
{
    char name[65];
    char role[65];
    char team[65] = "";
    int n = sscanf(text, "%64s %64s of %64s", name, role, team);

    if (n != 3 && (n != 2 || strcmp(role, "admin") != 0))
        text_puts(&p->why, "user NAME ROLE of TEAM, or NAME admin\n");
    else
        (void)stage_user(p->stage, name, role, *team ? team : NULL, &p->why);
}

static void connect_voice(struct play *p, struct voice *v, const char *text)
{
    char user[65] = "";
    char by[65] = "";

    if (*text && sscanf(text, "as %64s by %64s", user, by) < 1) {
        text_puts(&p->why, "connect as NAME by password\n");
        return;
    }
    (void)voice_open(v, p->stage, *user ? user : NULL, *by != '\0', &p->why);
}

static void say_line(struct play *p, struct voice *v, const struct step *step)
{
    struct text line = {0};

    kept_fill(&p->names, step->text, &line);
    if (is_shell(step)) {
        voice_run(v, p->stage, text_peek(&line));
    } else {
        if (!v->grammar.in_body)
            note_line(p->seen, text_peek(&line));
        text_putc(&line, '\n');
        if (!voice_say(v, line.bytes, line.len))
            text_puts(&p->why, "the line could not be sent\n");
    }
    text_fini(&line);
}

static const char *how_it_ended(const struct voice *v)
{
    if (v->end == WIRE_CLOSED)
        return "the server closed the session";
    if (v->end == WIRE_CUT)
        return "the connection was cut";
    return v->wire ? "nothing in time" : "nothing more";
}

/* Send a whole file and have each of its requests answered by "ok"; what the
 * answers hold is not looked at. */
static void play_file(struct play *p, struct voice *v, const char *name)
{
    FILE *from = fopen(name, "re");
    char bytes[4096];
    size_t got;
    size_t before = v->grammar.asked;

    if (from == NULL)
        text_printf(&p->why, "%s can not be opened\n", name);
    while (from && (got = fread(bytes, 1, sizeof bytes, from)) > 0)
        if (!voice_say(v, bytes, got))
            text_puts(&p->why, "the file could not be sent\n");
    if (from)
        (void)fclose(from);
    for (size_t left = v->grammar.asked - before; left && !p->why.len;) {
        struct heard *heard =
            voice_next(v, HEAR_REPLIES, false, v->patience_ms);

        if (heard == NULL || heard->class == LINE_ERR)
            text_printf(&p->why, "of %s: %s\n", name,
                heard ? heard->line : how_it_ended(v));
        if (heard) {
            heard->taken = true;
            left -= heard->class == LINE_OK;
        }
    }
}

/* Bytes as written, with \n \r \t \\ \xNN and \*N for "the byte before, N
 * times in all". */
static void say_raw(struct play *p, struct voice *v, const char *from)
{
    struct text bytes = {0};

    for (; *from; from++) {
        char *end;

        if (*from != '\\') {
            text_putc(&bytes, *from);
            continue;
        }
        from++;
        if (*from == 'n')
            text_putc(&bytes, '\n');
        else if (*from == 'r')
            text_putc(&bytes, '\r');
        else if (*from == 't')
            text_putc(&bytes, '\t');
        else if (*from == 'x') {
            char digits[3] = {from[1], from[1] ? from[2] : '\0', '\0'};

            text_putc(&bytes, (char)strtoul(digits, NULL, 16));
            from += strlen(digits);
        } else if (*from == '*' && bytes.len > 0) {
            unsigned long times = strtoul(from + 1, &end, 10);

            for (char c = bytes.bytes[bytes.len - 1]; times > 1; times--)
                text_putc(&bytes, c);
            from = end - 1;
        } else {
            text_putc(&bytes, *from);
        }
    }
    if (!voice_say(v, text_peek(&bytes), bytes.len))
        text_puts(&p->why, "the bytes could not be sent\n");
    text_fini(&bytes);
}

/* On a page of the documentation times and the version are only examples. */
static void loosen(const char *from, struct text *to)
{
    static const char form[] = "0000-00-00T00:00:00";
    static const char server[] = "server=diptychd/";

    while (*from) {
        size_t n = 0;

        while (form[n] && (form[n] == '0' ? isdigit((unsigned char)from[n])
                                          : form[n] == from[n]))
            n++;
        if (form[n] == '\0') {
            text_puts(to, "TIME");
            from += n + strspn(from + n, ".0123456789Z");
        } else if (strncmp(from, server, strlen(server)) == 0) {
            text_puts(to, server);
            from += strcspn(from, " ");
        } else {
            text_putc(to, *from++);
        }
    }
}

static bool fits(struct play *p, const struct step *step, const char *line)
{
    struct text pattern = {0};
    struct text got = {0};
    bool same;

    if (step->verb == STEP_REGEX) {
        kept_fill(&p->names, step->text, &pattern);
        same = line_matches_regex(text_peek(&pattern), line, &p->why);
    } else if (p->script->page) {
        loosen(step->text, &pattern);
        loosen(line, &got);
        same = line_matches(text_peek(&pattern), text_peek(&got), &p->names);
    } else {
        same = line_matches(step->text, line, &p->names);
    }
    text_fini(&pattern);
    text_fini(&got);
    return same;
}

static enum hearing hear_what(const struct step *step)
{
    if (is_shell(step) || step->verb == STEP_NEXT)
        return HEAR_ALL;
    if (strncmp(step->text, "* ", 2) == 0 ||
        strncmp(step->text, "\\* ", 3) == 0)
        return HEAR_EVENTS;
    return strncmp(step->text, "# ", 2) == 0 ? HEAR_NOTICES : HEAR_REPLIES;
}

static void expect(struct play *p, struct voice *v, const struct step *step)
{
    bool ticks = strstr(step->text, "tick") != NULL;

    for (;;) {
        struct heard *heard =
            voice_next(v, hear_what(step), ticks, v->patience_ms);

        if (heard)
            heard->taken = true;
        if (v->fault) {
            text_printf(&p->why, "against the grammar: %s\n", v->fault);
            return;
        }
        if (heard && fits(p, step, heard->line))
            return;
        if (heard && step->verb == STEP_SKIP_TO && p->why.len == 0)
            continue;
        text_printf(&p->why, "expected: %s\n     got: %s\n", step->text,
            heard ? heard->line : how_it_ended(v));
        return;
    }
}

static void expect_nothing(struct play *p, struct voice *v, int timeout_ms)
{
    struct heard *heard = voice_next(v, HEAR_ALL, false, timeout_ms);

    if (heard) {
        heard->taken = true;
        text_printf(&p->why, "not expected: %s\n", heard->line);
    }
}

static void expect_end(struct play *p, struct voice *v)
{
    expect_nothing(p, v, v->patience_ms);
    if (p->why.len == 0 && v->end != WIRE_CLOSED)
        text_printf(&p->why, "expected: the end of the session\n     got: %s\n",
            how_it_ended(v));
}

/* Who stays connected after the last line is waited for by the server. */
static void stop_server(struct play *p)
{
    stage_signal(p->stage, SIGTERM);
    for (size_t i = 0; i < p->n; i++)
        voice_hear_out(&p->voices[i]);
    (void)stage_wait(p->stage, SIGTERM, &p->why);
}

static void run_step(struct play *p, const struct step *step)
{
    struct voice *v = find_voice(p, step->actor);

    switch (step->verb) {
    case STEP_START:
        start_server(p, step->text);
        break;
    case STEP_STOP:
        stop_server(p);
        break;
    case STEP_KILL:
        (void)stage_stop(p->stage, SIGKILL, &p->why);
        break;
    case STEP_USER:
        add_user(p, step->text);
        break;
    case STEP_CONNECT:
        connect_voice(p, v, step->text);
        break;
    case STEP_SEND:
        say_line(p, v, step);
        break;
    case STEP_SEND_RAW:
        say_raw(p, v, step->text);
        break;
    case STEP_EXPECT:
    case STEP_NEXT:
    case STEP_REGEX:
    case STEP_SKIP_TO:
        expect(p, v, step);
        break;
    case STEP_HALF_CLOSE:
        if (v->wire == NULL || !wire_half_close(v->wire))
            text_puts(&p->why, "could not half-close\n");
        break;
    case STEP_CLOSES:
        expect_end(p, v);
        break;
    case STEP_CUT:
        voice_close(v);
        break;
    case STEP_PLAYS:
        play_file(p, v, step->text);
        break;
    case STEP_SILENT:
        expect_nothing(p, v, 0);
        break;
    case STEP_EXITS:
        expect_nothing(p, v, 0);
        if (v->status != strtol(step->text, NULL, 10))
            text_printf(&p->why, "expected exit status: %s\n     got: %d\n",
                step->text, v->status);
        break;
    }
}

static bool needs_server(const struct play *p, const struct step *step)
{
    return p->stage->port[0] == '\0' && step->verb == STEP_CONNECT;
}

/* At the end no reply may be left that nobody looked at. */
static void look_for_leftovers(struct play *p)
{
    for (size_t i = 0; i < p->n && p->why.len == 0; i++) {
        struct heard *left = voice_next(&p->voices[i], HEAR_REPLIES, false, 0);

        if (left)
            text_printf(&p->why, "nobody expected: %s\n", left->line);
        else if (p->voices[i].fault)
            text_printf(
                &p->why, "against the grammar: %s\n", p->voices[i].fault);
    }
}

static void show_file(const char *path, struct text *report)
{
    FILE *from = fopen(path, "re");
    char bytes[4096];

    if (from == NULL)
        return;
    text_puts(report, "  the server's log ends with:\n");
    if (fseek(from, -(long)sizeof bytes, SEEK_END) != 0)
        rewind(from);
    size_t got = fread(bytes, 1, sizeof bytes, from);
    text_add(report, bytes, got);
    (void)fclose(from);
}

static void tell(
    struct play *p, int line, const char *actor, struct text *report)
{
    text_printf(report, "%s:%d: %s", p->script->file, line, text_peek(&p->why));
    for (size_t i = 0; i < p->n; i++) {
        const struct voice *v = &p->voices[i];
        const char *said = text_peek(&v->said);
        bool long_one = v->said.len > 2000;

        if (strcmp(v->name, actor) == 0 && v->said.len)
            text_printf(report, "  said before:\n%s",
                long_one ? strchr(said + v->said.len - 2000, '\n') + 1 : said);
    }
    show_file(p->stage->log, report);
}

static int run_steps(struct play *p, const char **actor)
{
    const struct script *s = p->script;
    int line = 0;

    for (size_t i = 0; i < s->n && p->why.len == 0; i++) {
        line = s->list[i].line;
        *actor = s->list[i].actor;
        if (needs_server(p, &s->list[i]))
            start_server(p, NULL);
        if (p->why.len == 0)
            run_step(p, &s->list[i]);
    }
    if (p->why.len == 0)
        look_for_leftovers(p);
    if (p->why.len == 0)
        stop_server(p);
    return line;
}

bool play_script(const struct script *script, struct stage *stage,
    struct text *report, struct text *seen)
{
    struct play p = {.script = script, .stage = stage, .seen = seen};
    const char *actor = "";

    int line = run_steps(&p, &actor);
    bool good = p.why.len == 0;
    note_limits(seen, stage->log);
    if (!good)
        tell(&p, line, actor, report);
    for (size_t i = 0; i < p.n; i++)
        voice_fini(&p.voices[i]);
    free(p.voices);
    kept_fini(&p.names);
    text_fini(&p.why);
    return good;
}
