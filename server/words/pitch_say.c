/* SPDX-License-Identifier: Apache-2.0
 *
 * pitch_say.c - phrases with their gaps filled become rows.
 */
#include "server/words/pitch_inside.h"

#include "protocol/base_mem.h"

#include <ctype.h>
#include <string.h>

void pitch_label(struct text *to, const struct object *object)
{
    size_t field = field_find(object->kind, "name");

    if (field == FIELD_COUNT)
        field = field_find(object->kind, "title");
    if (field != FIELD_COUNT && object->values[field_place(field)].set)
        text_puts(to, object->values[field_place(field)].text);
    else
        object_name(to, object);
}

struct text *pitch_gap(struct pitching *p, const char *name)
{
    INSIST(p->gaps_n < GAPS_MOST);
    p->gaps[p->gaps_n].name = name;
    return &p->values[p->gaps_n++];
}

/* Lines become one; the full stop is the phrase's. */
void pitch_plain(struct pitching *p, const char *name, const char *value)
{
    struct text *to = pitch_gap(p, name);
    bool blank = false;

    for (; *value; value++) {
        if (isspace((unsigned char)*value)) {
            blank = to->len > 0;
            continue;
        }
        if (blank)
            text_putc(to, ' ');
        blank = false;
        text_putc(to, *value);
    }
    if (to->len > 1 && to->bytes[to->len - 1] == '.' &&
        to->bytes[to->len - 2] != '.')
        to->bytes[--to->len] = '\0';
}

void pitch_behind_colon(struct pitching *p, const char *name, const char *value)
{
    pitch_plain(p, name, value);
    spell_go_on(&p->values[p->gaps_n - 1], p->language);
}

void pitch_about(
    struct pitching *p, const char *gap, const struct object *object)
{
    INSIST(p->about_n < GAPS_MOST);
    p->about[p->about_n++] = object;
    if (gap)
        pitch_label(pitch_gap(p, gap), object);
}

static void put_row(struct pitching *p, enum move move, const char *sentence)
{
    struct reply *r = figures_row(p->f, "say");

    reply_word(r, "part", move_rows[move].part);
    for (size_t i = 0; i < p->about_n; i++)
        figures_name(r, kind_row(p->about[i]->kind)->word, p->about[i]);
    reply_word(r, "text", sentence);
    reply_end(r);
}

static void count(struct pitching *p, const char *sentence)
{
    enum readable_language language =
        p->language == LANGUAGE_FRENCH ? READABLE_FRENCH : READABLE_ENGLISH;
    struct readable one;

    readable_count(sentence, language, &one);
    p->count.words += one.words;
    p->count.sentences += one.sentences;
    p->count.syllables += one.syllables;
    readable_score(&p->count, language);
}

bool pitch_say(struct pitching *p, enum move move)
{
    const struct phrase_row *phrase =
        phrase_find(move, p->to.audience, speech_of(p->to.level)->word);

    if (phrase) {
        struct text sentence = {0};

        for (size_t i = 0; i < p->gaps_n; i++)
            p->gaps[i].value = text_peek(&p->values[i]);
        phrase_fill(&sentence, phrase, p->language, p->gaps, p->gaps_n);
        count(p, text_peek(&sentence));
        if (!p->trial)
            put_row(p, move, text_peek(&sentence));
        text_fini(&sentence);
    }
    for (size_t i = 0; i < p->gaps_n; i++)
        text_fini(&p->values[i]);
    p->gaps_n = p->about_n = 0;
    return phrase != NULL;
}

bool pitch_speaks(const struct pitching *p, enum move move)
{
    for (enum speech_level level = 0; level < LEVEL_COUNT; level++)
        if (phrase_find(move, p->to.audience, speech_of(level)->word))
            return true;
    return false;
}

static struct reply *begin_note(struct pitching *p, const char *kind,
    const char *what, const struct object *object)
{
    struct reply *r = figures_row(p->f, kind);

    reply_word(r, "what", what);
    if (object)
        figures_name(r, kind_row(object->kind)->word, object);
    return r;
}

static void end_note(
    const struct pitching *p, struct reply *r, enum text_id why)
{
    reply_word(r, "why", text_of(why, p->f->language));
    reply_end(r);
}

void pitch_lack(struct pitching *p, const char *what, const char *line,
    const struct object *object, enum text_id why)
{
    if (p->trial)
        return;
    struct reply *r = begin_note(p, "lack", what, object);
    struct text name = {0};
    struct text filled = {0};

    object_name(&name, object);
    size_t before = strcspn(line, "*");
    text_add(&filled, line, before);
    text_puts(&filled, text_peek(&name));
    text_puts(&filled, line + before + (line[before] == '*'));
    reply_word(r, "line", text_peek(&filled));
    end_note(p, r, why);
    text_fini(&name);
    text_fini(&filled);
}

void pitch_advise(struct pitching *p, const char *what,
    const struct object *object, enum text_id why)
{
    if (!p->trial)
        end_note(p, begin_note(p, "advice", what, object), why);
}
