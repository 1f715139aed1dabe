/* SPDX-License-Identifier: Apache-2.0
 *
 * spell.c - numbers, amounts and days as English and French write them.
 */
#include "protocol/spell.h"

#include "protocol/kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MICRO     INT64_C(1000000)
#define HARD      "\u00a0" /* a blank that does not break */
#define LANGUAGES 2

/* The fewest decimals that say the same as so many. */
static int digits_needed(int64_t micro, int digits)
{
    struct text with = {0};

    number_put(&with, micro, digits, LANGUAGE_ENGLISH);
    const char *mark = strchr(text_peek(&with), '.');
    size_t len = mark ? strlen(mark + 1) : 0;
    while (len && mark[len] == '0')
        len--;
    text_fini(&with);
    return (int)len;
}

void spell_number(
    struct text *to, int64_t micro, int digits, enum language language)
{
    number_put(to, micro, digits_needed(micro, digits), language);
}

void spell_share(
    struct text *to, int64_t micro, int digits, enum language language)
{
    spell_number(to, micro * 100, digits, language);
    text_puts(to, language == LANGUAGE_FRENCH ? HARD "%" : "%");
}

void spell_count(struct text *to, int64_t micro, int digits,
    enum spell_unit unit, enum language language)
{
    static const char *const words[][LANGUAGES][2] = {
#define UNIT(id, one, many, un, plusieurs)                                     \
    [UNIT_##id] = {{one, many}, {un, plusieurs}},
#include "protocol/units.def"
    };
    int64_t size = llabs(micro);
    bool many = language == LANGUAGE_FRENCH ? size >= 2 * MICRO : size != MICRO;

    spell_number(to, micro, digits, language);
    text_puts(to, HARD);
    text_puts(to, words[unit][language][many]);
}

static const char *sign_of(const char *currency)
{
    static const struct {
        const char *code, *sign;
    } rows[] = {{"EUR", "€"}, {"USD", "$"}, {"GBP", "£"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].code, currency) == 0)
            return rows[i].sign;
    return NULL;
}

/* "€520,000", "CHF 520,000"; in French the currency stands behind. */
static void put_amount(struct text *to, int64_t micro, const char *currency,
    enum language language)
{
    const char *sign = currency ? sign_of(currency) : NULL;
    int digits = digits_needed(micro, 2) ? 2 : 0;

    if (currency && language == LANGUAGE_ENGLISH)
        text_printf(to, "%s%s", sign ? sign : currency, sign ? "" : HARD);
    number_amount(to, micro, digits, language);
    if (currency && language == LANGUAGE_FRENCH)
        text_printf(to, HARD "%s", sign ? sign : currency);
}

static const char *tax_words(const char *tax, enum language language)
{
    bool net = tax && strcmp(tax, "net") == 0;

    if (tax == NULL)
        return "";
    if (language == LANGUAGE_FRENCH)
        return net ? HARD "HT" : HARD "TTC";
    return net ? " excluding tax" : " including tax";
}

void spell_money(struct text *to, int64_t micro, const struct spell_money *of,
    bool tax, enum language language)
{
    int64_t whole;

    /* What is beyond the range of numbers is told in the unit as recorded. */
    if (__builtin_mul_overflow(micro, of->unit, &whole))
        whole = micro;
    put_amount(to, whole, of->currency, language);
    if (tax)
        text_puts(to, tax_words(of->tax, language));
}

void spell_day(struct text *to, const char *day, enum language language)
{
    static const char *const months[LANGUAGES][12] = {
        {"January", "February", "March", "April", "May", "June", "July",
            "August", "September", "October", "November", "December"},
        {"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
            "août", "septembre", "octobre", "novembre", "décembre"}};
    char word[11];

    (void)snprintf(word, sizeof word, "%s", day);
    if (!date_is_valid(word)) {
        text_puts(to, day);
        return;
    }
    int month = (int)strtol(word + 5, NULL, 10);
    int number = (int)strtol(word + 8, NULL, 10);
    text_printf(to, "%d%s" HARD "%s" HARD "%.4s", number,
        language == LANGUAGE_FRENCH && number == 1 ? "er" : "",
        months[language][month - 1], word);
}

/* Whether a text begins with a word of a list with commas between. */
static bool begins_with_one(const char *text, const char *list)
{
    size_t len = strcspn(text, " '’");
    char word[16];

    if (len == 0 || len >= sizeof word)
        return false;
    (void)snprintf(word, sizeof word, "%.*s", (int)len, text);
    return list_holds(list, word, len);
}

void spell_go_on(struct text *text, enum language language)
{
    static const char *const lists[LANGUAGES] = {
        "The,A,An,Our,Your,Their,This,These,On,In,At,By,For,From,After,Before,"
        "Since,With,Each,Every,All,No,There,It,We,They",
        "Le,La,Les,L,Un,Une,Des,Du,De,D,Notre,Nos,Votre,Vos,Leur,Leurs,Ce,Cet,"
        "Cette,Ces,Sur,Dans,En,Par,Pour,Après,Avant,Depuis,Avec,Chaque,Tous,"
        "Toutes,Aucun,Aucune,Il,Nous,On"};

    if (begins_with_one(text_peek(text), lists[language]))
        *text->bytes = (char)(*text->bytes | 0x20);
}

static bool begins(const char *p, const char *word)
{
    return strncmp(p, word, strlen(word)) == 0;
}

void spell_blanks(struct text *to, const char *sentence, enum language language)
{
    const char *before = "";

    for (const char *p = sentence; *p; p++) {
        bool hard = *p == ' ' && language == LANGUAGE_FRENCH &&
                    ((p[1] && strchr(":;?!%", p[1])) || begins(p + 1, "»") ||
                        begins(before, "«"));

        if (hard)
            text_puts(to, HARD);
        else
            text_putc(to, *p);
        /* The first byte of the character that stands before the next. */
        if (((unsigned char)*p & 0xc0) != 0x80)
            before = p;
    }
}
