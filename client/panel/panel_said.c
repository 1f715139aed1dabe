/* SPDX-License-Identifier: Apache-2.0
 *
 * panel_said.c - words of the protocol, fields and objects as people say them.
 */
#include "client/panel/panel.h"
#include "client/show/cell.h"
#include "protocol/base_mem.h"
#include "protocol/kind.h"

#include <stdlib.h>
#include <string.h>

/* Words of the protocol as people say them; others stand as they are. */
static const struct {
    const char *word;
    enum text_id text;
} said[] = {
#define WORD(word, text) {word, text},
#include "client/show/said.def"
#undef WORD
};

static const char *find_said(const struct panel *panel, const char *word)
{
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (strcmp(said[i].word, word) == 0)
            return panel_heading(panel, said[i].text);
    return NULL;
}

/* A word that means something else under one key than under others stands in
 * the table as "key=word". */
static void put_word(const struct panel *panel, struct text *to,
    const char *key, const char *word)
{
    struct text keyed = {0};

    text_printf(&keyed, "%s=%s", key, word);
    const char *text = find_said(panel, keyed.bytes);
    if (text == NULL)
        text = find_said(panel, word);
    if (text)
        text_puts(to, text);
    else
        cell_safe(to, word);
    text_fini(&keyed);
}

void panel_words_of(const struct panel *panel, struct text *to, const char *key,
    const char *words)
{
    while (*words) {
        size_t len = strcspn(words, ",");
        char *word = mem_copy(words, len);

        put_word(panel, to, key, word);
        free(word);
        words += len;
        if (*words == ',') {
            text_puts(to, ", ");
            words++;
        }
    }
}

void panel_words(const struct panel *panel, struct text *to, const char *words)
{
    panel_words_of(panel, to, "", words);
}

void panel_field(const struct panel *panel, struct text *to, const char *field)
{
    put_word(panel, to, "field", field);
}

void panel_names(const struct panel *panel, struct text *to, const char *kind,
    const char *key, const char *codes)
{
    while (*codes) {
        size_t len = strcspn(codes, ",");
        char *code = mem_copy(codes, len);

        if (labels_find(panel->labels, kind, code))
            labels_put_both(to, panel->labels, kind, code);
        else
            put_word(panel, to, key, code);
        free(code);
        codes += len;
        if (*codes == ',') {
            text_puts(to, ", ");
            codes++;
        }
    }
}

void panel_object(const struct panel *panel, struct text *to, const char *id)
{
    enum language language = panel->look->language;
    enum kind kind;
    uint64_t number;

    cell_safe(to, id);
    if (id_read(id, &kind, &number) != ERR_OK)
        return;
    text_puts(to, language == LANGUAGE_FRENCH ? " : " : ": ");
    text_puts(to, kind_row(kind)->help[language == LANGUAGE_FRENCH]);
}

void panel_blank(const struct panel *panel)
{
    const struct page *page = panel->page;
    const char *last = page->n ? page->list[page->n - 1] : "";

    if (*last != '\0' && strstr(last, "───") == NULL)
        page_add(panel->page, "");
}
