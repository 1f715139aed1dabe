/* SPDX-License-Identifier: Apache-2.0
 *
 * vocabulary_ask.c - "describe", from a file or from the server.
 */
#include "client/prompt/vocabulary_ask.h"

#include "client/file.h"
#include "client/link/profile.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* A description is tens of KiB; more than this is none. */
#define FILE_MOST ((size_t)4 << 20)

struct asking {
    struct talk *talk;
    enum language language;
    struct vocabulary *place;
    struct text path;  /* of the file; empty: it is not kept */
    struct text lines; /* that came */
};

static void free_asking(struct asking *asking)
{
    text_fini(&asking->path);
    text_fini(&asking->lines);
    free(asking);
}

static bool take_lines(const struct asking *asking, const char *lines)
{
    struct vocabulary made;

    if (!vocabulary_read(lines, asking->language, &made))
        return false;
    vocabulary_fini(asking->place);
    *asking->place = made;
    return true;
}

static void on_row(void *ctx, const char *line)
{
    struct asking *asking = ctx;

    if (asking->lines.len < FILE_MOST)
        text_printf(&asking->lines, "%s\n", line);
}

/* Only what could be used is kept. */
static void on_rows(void *ctx, const struct answer *final, const char *line)
{
    struct asking *asking = ctx;

    (void)line;
    if (final && final->class == ANSWER_OK &&
        take_lines(asking, text_peek(&asking->lines)) && asking->path.len)
        (void)file_replace(asking->path.bytes, &asking->lines);
    free_asking(asking);
}

static void ask_all(struct asking *asking)
{
    static const char request[] = "describe\n";
    const struct talk_hooks hooks = {on_row, on_rows, asking, NULL};

    talk_send(asking->talk, request, sizeof request - 1, &hooks);
}

/* The digest becomes part of the name of a file: it must be one. */
static void find_path(struct asking *asking, const char *digest)
{
    struct text name = {0};
    size_t len = digest ? strspn(digest, "0123456789abcdef") : 0;

    if (len < 8 || len > 64 || digest[len])
        return;
    text_printf(&name, "describe-%s-%s", digest,
        asking->language == LANGUAGE_FRENCH ? "fr" : "en");
    profile_place(&asking->path, "XDG_CACHE_HOME", ".cache", name.bytes);
    text_fini(&name);
}

static void on_digest(void *ctx, const struct answer *final, const char *line)
{
    struct asking *asking = ctx;
    struct text kept = {0};

    (void)line;
    if (final == NULL) {
        free_asking(asking);
        return;
    }
    if (final->class == ANSWER_OK)
        find_path(asking, words_get(&final->words, "digest"));
    bool known = asking->path.len &&
                 file_read(asking->path.bytes, FILE_MOST, &kept) == 0 &&
                 take_lines(asking, text_peek(&kept));
    text_fini(&kept);
    if (known)
        free_asking(asking);
    else
        ask_all(asking);
}

void vocabulary_ask(
    struct talk *talk, enum language language, struct vocabulary *place)
{
    static const char request[] = "describe digest\n";
    struct asking *asking = mem_new(sizeof *asking);
    const struct talk_hooks hooks = {NULL, on_digest, asking, NULL};

    asking->talk = talk;
    asking->language = language;
    asking->place = place;
    talk_send(talk, request, sizeof request - 1, &hooks);
}
