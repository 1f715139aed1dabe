/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_remarks.c - warnings about a notice.
 */
#include "client/notice/notice_remarks.h"

#include "client/show/cell.h"
#include "protocol/base_mem.h"

#include <stdlib.h>
#include <string.h>

/* Of each sort so many are printed; a notice of 500 lots can give 500. */
#define REMARKS_SHOWN 5
/* Longer arguments are cut in the sentence. */
#define ARGUMENT_MOST 120

static const char *const sentences[REMARK_COUNT][2] = {
#define REMARK(id, en, fr) [REMARK_##id] = {en, fr},
#include "client/notice/notice_remarks.def"
#undef REMARK
};

void remarks_add(struct remarks *remarks, enum remark_id id, long line,
    const char *a, const char *b, const char *c, const char *d)
{
    const char *args[4] = {a, b, c, d};

    remarks->list = mem_grow(
        remarks->list, &remarks->room, remarks->n + 1, sizeof *remarks->list);
    struct remark *remark = &remarks->list[remarks->n++];
    *remark = (struct remark){.id = id, .line = line};
    for (size_t i = 0; i < 4; i++)
        remark->args[i] = pool_text(&remarks->pool, args[i] ? args[i] : "",
            args[i] ? strlen(args[i]) : 0);
}

size_t remarks_count(const struct remarks *remarks, enum remark_id id)
{
    size_t count = 0;

    for (size_t i = 0; i < remarks->n; i++)
        count += remarks->list[i].id == id;
    return count;
}

/* Up to ARGUMENT_MOST bytes of a text, on one line, whole characters.  They
 * come from a file of others, and go to a terminal. */
static void add_argument(struct text *to, const char *word)
{
    size_t len = word ? strlen(word) : 0;
    size_t most = len;

    if (len > ARGUMENT_MOST)
        for (most = ARGUMENT_MOST; most && (word[most] & 0xc0) == 0x80;)
            most--;
    char *shown = mem_copy(word ? word : "", most);
    cell_safe(to, shown);
    free(shown);
    if (most < len)
        text_puts(to, "…");
}

void remark_print(
    struct text *to, const struct remark *remark, enum language language)
{
    for (const char *p = sentences[remark->id][language]; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '4' && p[2] == '}') {
            add_argument(to, remark->args[p[1] - '1']);
            p += 2;
        } else {
            text_putc(to, *p);
        }
    }
}

void remark_say(struct text *to, enum language language, enum remark_id id,
    const char *a, const char *b, const char *c, const char *d)
{
    struct remark remark = {.id = id, .args = {a, b, c, d}};

    remark_print(to, &remark, language);
}

static void print_one(const struct remark *remark, const char *file,
    enum language language, FILE *to)
{
    static const char *const words[] = {"warning", "attention"};
    struct text sentence = {0};

    remark_print(&sentence, remark, language);
    if (remark->line)
        (void)fprintf(to, "%s:%ld: %s: %s\n", file, remark->line,
            words[language], text_peek(&sentence));
    else
        (void)fprintf(
            to, "%s: %s: %s\n", file, words[language], text_peek(&sentence));
    text_fini(&sentence);
}

void remarks_print(const struct remarks *remarks, const char *file,
    enum language language, FILE *to)
{
    size_t seen[REMARK_COUNT] = {0};
    size_t total[REMARK_COUNT] = {0};

    for (size_t i = 0; i < remarks->n; i++)
        total[remarks->list[i].id]++;
    for (size_t i = 0; i < remarks->n; i++) {
        const struct remark *remark = &remarks->list[i];

        if (++seen[remark->id] <= REMARKS_SHOWN)
            print_one(remark, file, language, to);
        else if (seen[remark->id] == total[remark->id])
            (void)fprintf(to,
                language == LANGUAGE_FRENCH
                    ? "%s: attention: et %zu autres de cette sorte\n"
                    : "%s: warning: and %zu more of that sort\n",
                file, seen[remark->id] - REMARKS_SHOWN);
    }
}

void remarks_fini(struct remarks *remarks)
{
    free(remarks->list);
    pool_fini(&remarks->pool);
    *remarks = (struct remarks){0};
}
