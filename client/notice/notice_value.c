/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_value.c - values of a notice as values of the record.
 */
#include "client/notice/notice_value.h"

#include "protocol/types.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Shorter first "sentences" are numbers such as "2.1." or abbreviations. */
#define SENTENCE_LEAST 12
#define SENTENCE_MOST  120

/* The largest number in 1/100000. */
#define NUMBER_MOST (DECIMAL_LIMIT * DECIMAL_ONE * 10)

/* The digits of a decimal as an integer of 1/100000, one decimal more than is
 * kept, which decides the rounding; *rest whether more were not 0. */
static enum err take_digits(const char *word, int64_t *units, bool *rest)
{
    int64_t value = 0;
    int places = -1;
    bool any = false;

    *rest = false;
    for (; *word; word++) {
        if (*word == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (!isdigit((unsigned char)*word))
            return ERR_ARG;
        any = true;
        if (places >= 5) {
            *rest = *rest || *word != '0';
            continue;
        }
        value = value * 10 + (*word - '0');
        places += places >= 0;
        if (value > NUMBER_MOST)
            return ERR_ARG;
    }
    if (!any)
        return ERR_ARG;
    for (places = places < 0 ? 0 : places; places < 5; places++) {
        if (value > NUMBER_MOST / 10)
            return ERR_ARG;
        value *= 10;
    }
    *units = value;
    return ERR_OK;
}

enum err value_number(
    const char *word, int64_t unit, int64_t *got, bool *rounded)
{
    bool minus = *word == '-';
    int64_t value;
    bool rest;

    word += *word == '-' || *word == '+';
    if (take_digits(word, &value, &rest) != ERR_OK)
        return ERR_ARG;
    int64_t divisor = unit * 10;
    int64_t whole = value / divisor;
    int64_t left = value % divisor;
    if (left * 2 >= divisor)
        whole++;
    if (whole > DECIMAL_LIMIT * DECIMAL_ONE)
        return ERR_ARG;
    *got = minus ? -whole : whole;
    *rounded = left != 0 || rest;
    return ERR_OK;
}

/* Length of the zone at the end of a word: 0, 1 for Z, 6 for +01:00. */
static size_t zone_length(const char *word)
{
    size_t len = strlen(word);

    if (len && (word[len - 1] == 'Z' || word[len - 1] == 'z'))
        return 1;
    if (len > 6 && (word[len - 6] == '+' || word[len - 6] == '-') &&
        word[len - 3] == ':')
        return 6;
    return 0;
}

enum err value_time(
    const char *date, const char *time, int64_t *ms, enum value_lack *lack)
{
    const char *hour = time ? time : "23:59:59";
    size_t date_zone = strlen(date) > 10 ? zone_length(date) : 0;
    size_t hour_zone = zone_length(hour);
    enum value_lack missing = time ? VALUE_WHOLE : VALUE_NO_HOUR;
    char word[64];

    if (strlen(date) != 10 + date_zone || strlen(hour) > 24)
        return ERR_ARG;
    const char *zone = "";
    if (hour_zone == 0 && date_zone)
        zone = date + 10;
    else if (hour_zone == 0) {
        zone = "Z";
        if (time)
            missing = VALUE_NO_ZONE;
    }
    (void)snprintf(word, sizeof word, "%.10sT%s%s", date, hour, zone);
    if (time_read(word, ms) != ERR_OK)
        return ERR_ARG;
    *lack = missing;
    return ERR_OK;
}

enum err value_day(const char *date, char day[11])
{
    char word[11];

    if (strlen(date) < 10)
        return ERR_ARG;
    (void)snprintf(word, sizeof word, "%.10s", date);
    if (!date_is_valid(word) ||
        strlen(date) != 10 + (strlen(date) > 10 ? zone_length(date) : 0))
        return ERR_ARG;
    memcpy(day, word, sizeof word);
    return ERR_OK;
}

void value_line(struct text *to, const char *words)
{
    const char *last = NULL;
    size_t last_len = 0;

    while (*words) {
        size_t len = strcspn(words, "\n");

        if (last == NULL || len != last_len || memcmp(words, last, len) != 0) {
            if (last)
                text_puts(to, " / ");
            text_add(to, words, len);
        }
        last = words;
        last_len = len;
        words += len;
        words += *words == '\n';
    }
}

bool value_cut(struct text *t, size_t most)
{
    if (t->len <= most)
        return false;
    while (most && (t->bytes[most] & 0xc0) == 0x80)
        most--;
    t->len = most;
    t->bytes[most] = '\0';
    return true;
}

/* Whether a full stop between two bytes ends a sentence rather than a number
 * or an abbreviation ("1.3. M.2", "alk. part").  Letters that are not ASCII
 * may be of either case. */
static bool ends_sentence(const char *stop)
{
    unsigned char before = (unsigned char)stop[-1];
    unsigned char after = stop[1] == ' ' ? (unsigned char)stop[2] : 0;

    return (islower(before) || before >= 0x80 || strchr(")\"%", before)) &&
           (isupper(after) || after >= 0x80);
}

static size_t find_end(const char *words)
{
    size_t at = 0;

    for (; words[at] && words[at] != '\n'; at++)
        if (at + 1 >= SENTENCE_LEAST && strchr(".!?", words[at]) &&
            ends_sentence(words + at))
            return at + 1;
    return at;
}

void value_sentence(struct text *to, const char *words)
{
    struct text sentence = {0};

    text_add(&sentence, words, find_end(words));
    if (value_cut(&sentence, SENTENCE_MOST)) {
        /* At a blank when there is one near, so that no word is cut. */
        size_t at = sentence.len;
        while (at > SENTENCE_MOST / 2 && sentence.bytes[at] != ' ')
            at--;
        if (sentence.bytes[at] == ' ')
            sentence.len = at;
        text_puts(&sentence, "…");
    }
    text_add(to, sentence.bytes, sentence.len);
    text_fini(&sentence);
}
