/* SPDX-License-Identifier: Apache-2.0
 *
 * guest.c - a session over TLS whose every line is judged.
 */
#include "tests/parts/guest.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE_MS 30000

static void complain(struct guest *g, const char *what, const char *where)
{
    if (g->why.len == 0)
        text_printf(&g->why, "%s: %s", what, where);
}

bool guest_open(struct guest *g, const struct stage *stage, const char *user)
{
    struct text hello = {0};

    g->end = WIRE_LINE;
    g->patience_ms = PATIENCE_MS;
    g->wire = wire_open(stage->port, stage->ca, g->patience_ms, &g->why);
    if (g->wire == NULL || user == NULL)
        return g->wire != NULL;
    char *token = stage_read(stage, "token", user);
    text_printf(&hello, "auth token %s", token);
    bool good = guest_ask(g, hello.bytes);
    text_fini(&hello);
    free(token);
    return good;
}

void guest_note(struct guest *g, const char *bytes, size_t len)
{
    judge_sent(&g->judge, bytes, len);
}

bool guest_say(struct guest *g, const char *bytes, size_t len)
{
    guest_note(g, bytes, len);
    if (wire_send(g->wire, bytes, len, g->patience_ms))
        return true;
    complain(g, "could not send", "");
    return false;
}

static void take(struct guest *g, const char *line)
{
    struct text whole = {0};
    struct text where = {0};

    text_printf(&whole, "%s\n", line);
    if (g->keep)
        text_puts(&g->kept, whole.bytes);
    const char *why = judge_heard(&g->judge, whole.bytes, whole.len, &where);
    if (why)
        complain(g, why, text_peek(&where));
    text_fini(&whole);
    text_fini(&where);
}

bool guest_hear(struct guest *g, int timeout_ms)
{
    char *line;
    bool any = false;

    while (g->end == WIRE_LINE && g->why.len == 0) {
        enum wire_got got = wire_line(g->wire, &line, any ? 0 : timeout_ms);

        if (got == WIRE_LATE)
            break;
        any = true;
        if (got == WIRE_LINE) {
            take(g, line);
            free(line);
        } else {
            g->end = got;
        }
    }
    return any;
}

bool guest_settle(struct guest *g)
{
    while (g->why.len == 0 && !judge_is_even(&g->judge)) {
        if (g->end != WIRE_LINE)
            complain(g, "the server went away", "");
        else if (!guest_hear(g, g->patience_ms))
            complain(g, "no answer in time", "");
    }
    return g->why.len == 0;
}

bool guest_ask(struct guest *g, const char *line)
{
    struct text whole = {0};

    text_printf(&whole, "%s\n", line);
    bool good = guest_say(g, whole.bytes, whole.len) && guest_settle(g);
    text_fini(&whole);
    return good;
}

bool guest_outlast(struct guest *g)
{
    while (g->end == WIRE_LINE && g->why.len == 0)
        if (!guest_hear(g, g->patience_ms))
            complain(g, "the server does not end it", "");
    return g->why.len == 0;
}

void guest_fini(struct guest *g)
{
    wire_free(&g->wire);
    judge_fini(&g->judge);
    text_fini(&g->kept);
    text_fini(&g->why);
    *g = (struct guest){0};
}
