/* SPDX-License-Identifier: Apache-2.0
 *
 * readable.c - words, sentences and syllables of a text.
 */
#include "value/words/readable.h"

#include "protocol/types.h"
#include "value/formula.h"

#include <stdbool.h>
#include <string.h>

/* A character as the rules look at it. */
struct letter {
    char plain;   /* lower case without accent; '0' a digit; 0 no letter */
    bool sounded; /* an accent that makes an e or i heard by itself */
};

/* Letters of U+00C0 to U+00FF without case and accents. */
static const char latin[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts";

static struct letter read_latin(unsigned point)
{
    struct letter got = {0};

    if (point == 0x152 || point == 0x153) {
        got.plain = 'e';
    } else if (point >= 0xc0 && point <= 0xff) {
        unsigned low = (point - 0xc0) % 32;

        got.plain = latin[low];
        /* e with acute, grave, circumflex; e and i with diaeresis. */
        got.sounded = (low >= 8 && low <= 11) || low == 15;
    } else if (point > 0xff) {
        got.plain = point >= 0x2000 && point < 0x2100 ? 0 : 'x';
    }
    return got;
}

/* Reads one character; bytes that are no UTF-8 are no letters. */
static const char *read_letter(const char *p, struct letter *got)
{
    unsigned char first = (unsigned char)*p++;
    unsigned point = first;

    *got = (struct letter){0};
    if (first < 0x80) {
        if (first >= '0' && first <= '9')
            got->plain = '0';
        else if ((first | 0x20) >= 'a' && (first | 0x20) <= 'z')
            got->plain = (char)(first | 0x20);
        return p;
    }
    point &= first < 0xe0 ? 0x1f : 0x0f;
    for (; ((unsigned char)*p & 0xc0) == 0x80; p++)
        point = point << 6 | ((unsigned char)*p & 0x3f);
    *got = read_latin(point);
    return p;
}

static bool is_vowel(char plain)
{
    return plain && strchr("aeiouy", plain) != NULL;
}

/* The letters of one word; what is longer is cut. */
struct word {
    struct letter letters[64];
    size_t len;
};

static char at_end(const struct word *w, size_t back)
{
    return w->len >= back ? w->letters[w->len - back].plain : 0;
}

static bool ends_in(const struct word *w, const char *end)
{
    size_t len = strlen(end);

    for (size_t i = 0; i < len; i++)
        if (at_end(w, len - i) != end[i])
            return false;
    return true;
}

/* Where the e of a last syllable that is not heard stands, from behind. */
static size_t mute_french(const struct word *w)
{
    size_t back = ends_in(w, "e") ? 1 : ends_in(w, "es") ? 2 : 0;

    if (back == 0 && ends_in(w, "ent") && w->len > 5)
        back = 3;
    return back;
}

static size_t mute_english(const struct word *w)
{
    if (ends_in(w, "e"))
        return ends_in(w, "le") && !is_vowel(at_end(w, 3)) ? 0 : 1;
    if (ends_in(w, "ed"))
        return at_end(w, 3) == 't' || at_end(w, 3) == 'd' ? 0 : 2;
    if (ends_in(w, "es"))
        return at_end(w, 3) && strchr("sxzcgh", at_end(w, 3)) ? 0 : 2;
    return 0;
}

/* "ment" ends adverbs, where it is heard, and few verbs. */
static bool is_mute(const struct word *w, enum readable_language language)
{
    size_t back =
        language == READABLE_FRENCH ? mute_french(w) : mute_english(w);

    if (back == 0 || w->len <= back || w->letters[w->len - back].sounded)
        return false;
    return !is_vowel(at_end(w, back + 1)) && !(back == 3 && ends_in(w, "ment"));
}

static size_t syllables_of(
    const struct word *w, enum readable_language language)
{
    size_t n = 0;

    for (size_t i = 0; i < w->len; i++) {
        bool joins = i && is_vowel(w->letters[i - 1].plain) &&
                     !w->letters[i].sounded && !w->letters[i - 1].sounded;

        n += is_vowel(w->letters[i].plain) && !joins;
    }
    if (n > 1 && is_mute(w, language))
        n--;
    return n ? n : 1;
}

/* Whether a mark ends a sentence: a blank, a quote or nothing stands behind. */
static bool ends_sentence(const char *p)
{
    if (*p == '\n')
        return true;
    size_t len = strncmp(p, "…", 3) == 0     ? 3
                 : *p && strchr(".!?;:", *p) ? 1
                                             : 0;
    if (len == 0)
        return false;
    const char next = p[len];
    return next == '\0' || strchr(" \n\t\"')", next) ||
           strncmp(p + len, "\u00a0", 2) == 0 ||
           strncmp(p + len, "”", 3) == 0 || strncmp(p + len, "»", 2) == 0;
}

/* A hyphen inside a word, a mark inside a number. */
static bool is_inside(const struct word *w, const char *p)
{
    if (w->len == 0)
        return false;
    if (at_end(w, 1) == '0' && (*p == '.' || *p == ','))
        return p[1] >= '0' && p[1] <= '9';
    return *p == '-';
}

static void end_word(
    struct word *w, enum readable_language language, struct readable *r)
{
    if (w->len == 0)
        return;
    r->words++;
    r->syllables += syllables_of(w, language);
    w->len = 0;
}

void readable_count(
    const char *text, enum readable_language language, struct readable *r)
{
    struct word word = {.len = 0};
    size_t since = 0; /* words when the last sentence ended */

    *r = (struct readable){0};
    for (const char *p = text; *p;) {
        struct letter letter;
        const char *next = read_letter(p, &letter);

        if (letter.plain) {
            if (word.len < sizeof word.letters / sizeof *word.letters)
                word.letters[word.len++] = letter;
        } else if (!is_inside(&word, p)) {
            end_word(&word, language, r);
            if (ends_sentence(p) && r->words > since) {
                r->sentences++;
                since = r->words;
            }
        }
        p = next;
    }
    end_word(&word, language, r);
    r->sentences += r->words > since;
    readable_score(r, language);
}

static int64_t mean_of(size_t sum, size_t n)
{
    return ((int64_t)sum * DECIMAL_ONE + (int64_t)n / 2) / (int64_t)n;
}

void readable_score(struct readable *r, enum readable_language language)
{
    r->score = 0;
    if (r->words == 0 || r->sentences == 0)
        return;
    int64_t words = mean_of(r->words, r->sentences);
    int64_t syllables = mean_of(r->syllables, r->words);
    r->score = language == READABLE_FRENCH
                   ? formula_readability(words, syllables)
                   : formula_flesch(words, syllables);
}
