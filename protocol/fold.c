/* SPDX-License-Identifier: Apache-2.0
 *
 * fold.c - letters without case and accents: Latin, Greek and Cyrillic.
 *
 * The tables follow from the canonical decompositions of Unicode, and from
 * what people type who have no key for a letter (ss, oe, ae, o, l, d, th).
 * Scripts that have neither case nor accents stay as they are.
 */
#include "protocol/fold.h"

#include "protocol/utf8.h"

#include <string.h>

struct row {
    const char *base;
    const char *letters; /* small ones, and great ones that are irregular */
};

static const struct row latin[] = {
    {"e", "éèêëēĕėęěƏȄȅȆȇȨȩḕḗḙḛḝẹẻẽếềểễệ"},
    {"a", "àâäáãåāăąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḁạảấầẩẫậắằẳẵặ"},
    {"u", "ùüûúũūŭůűųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṳṵṷṹṻụủứừửữự"},
    {"o", "öôòóõøōŏőƠơǑǒǪǫǬǭǾǿȌȍȎȏȪȫȬȭȮȯȰȱṍṏṑṓọỏốồổỗộớờởỡợ"},
    {"i", "îïìíĩīĭįİıƗǏǐȈȉȊȋḭḯỉị"},
    {"c", "çćĉċčḉ"},
    {"ss", "ßẞ"},
    {"oe", "œ"},
    {"ae", "æǢǣǼǽ"},
    {"n", "ñńņňŉŋǸǹṅṇṉṋ"},
    {"b", "ƀɃḃḅḇ"},
    {"d", "ðďđḋḍḏḑḓ"},
    {"f", "Ƒƒḟ"},
    {"g", "ĝğġģǦǧǴǵḡ"},
    {"h", "ĥħȞȟḣḥḧḩḫẖ"},
    {"ij", "ĳ"},
    {"j", "ĵǰ"},
    {"k", "ķĸǨǩḱḳḵ"},
    {"l", "ĺļľŀłḷḹḻḽ"},
    {"m", "ḿṁṃ"},
    {"p", "ṕṗ"},
    {"r", "ŕŗřȐȑȒȓṙṛṝṟ"},
    {"s", "śŝşšſȘșṡṣṥṧṩẛ"},
    {"t", "ţťŧȚțṫṭṯṱẗ"},
    {"th", "þ"},
    {"v", "ṽṿ"},
    {"w", "ŵẁẃẅẇẉẘ"},
    {"x", "ẋẍ"},
    {"y", "ýÿŷȲȳẏẙỳỵỷỹ"},
    {"z", "źżžẑẓẕ"},
};

static const struct row others[] = {
    {"α", "άΆ"},
    {"ε", "έΈ"},
    {"η", "ήΉ"},
    {"ι", "ίΐϊΊ"},
    {"ο", "όΌ"},
    {"υ", "ύΰϋΎ"},
    {"ω", "ώΏ"},
    {"σ", "ς"},
    {"г", "ѓ"},
    {"е", "ѐё"},
    {"и", "ѝй"},
    {"к", "ќ"},
    {"у", "ў"},
    {"і", "ї"},
};

/* A letter without case, where great and small ones stand in a regular
 * order. */
static uint32_t lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
        (c >= 0x391 && c <= 0x3ab) || (c >= 0x410 && c <= 0x42f))
        return c + 32;
    if (c >= 0x400 && c <= 0x40f)
        return c + 80;
    bool is_odd_upper =
        (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    if (is_odd_upper)
        return c + (c & 1);
    if (c == 0x178)
        return 0xff;
    bool is_even_upper =
        (c >= 0x100 && c <= 0x177 && c != 0x130 && c != 0x131 && c != 0x138) ||
        (c >= 0x1e00 && c <= 0x1e95) || (c >= 0x1ea0 && c <= 0x1eff);
    return is_even_upper ? c | 1 : c;
}

static bool is_latin(uint32_t c)
{
    return c < 0x250 || (c >= 0x1e00 && c <= 0x1eff);
}

/* Accents that stand as characters of their own behind their letter. */
static bool is_mark(uint32_t c)
{
    return c >= 0x300 && c <= 0x36f;
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
               (c >= 'a' && c <= 'z');
    if (c < 0xc0)
        return c == 0xaa || c == 0xb5 || c == 0xba;
    bool is_sign = c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) ||
                   (c >= 0x3000 && c <= 0x303f) ||
                   (c >= 0xfe10 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff0f);
    return !is_sign;
}

static const char *find_base(
    const struct row *rows, size_t n, const char *letter)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(rows[i].letters, letter))
            return rows[i].base;
    return NULL;
}

/* The folded letter, up to four bytes and NUL; "" for an accent. */
static void print_letter(uint32_t c, char letter[5])
{
    const char *base = NULL;

    letter[0] = '\0';
    if (is_mark(c))
        return;
    letter[utf8_put(lower(c), letter)] = '\0';
    if (c < 0x80)
        return;
    if (is_latin(c))
        base = find_base(latin, sizeof latin / sizeof *latin, letter);
    else if (c < 0x500)
        base = find_base(others, sizeof others / sizeof *others, letter);
    if (base)
        memcpy(letter, base, strlen(base) + 1);
}

/* The character at p and its length; 0 at the end. */
static size_t look(const char *p, uint32_t *c)
{
    *c = 0;
    return *p ? utf8_next(p, strnlen(p, 4), c) : 0;
}

void fold_text(struct text *to, const char *text)
{
    char letter[5];
    uint32_t c;

    for (size_t len = look(text, &c); len; len = look(text, &c)) {
        print_letter(c, letter);
        text_puts(to, letter);
        text += len;
    }
}

bool fold_next(const char **p, struct folded *got)
{
    char letter[5];
    uint32_t c;
    size_t len = look(*p, &c), used = 0;
    bool full = false;

    while (len && (!is_letter(c) || is_mark(c))) {
        *p += len;
        len = look(*p, &c);
    }
    if (len == 0)
        return false;
    got->at = *p;
    for (; len && is_letter(c); len = look(*p, &c)) {
        print_letter(c, letter);
        full = full || used + strlen(letter) > FOLD_WORD;
        if (!full) {
            memcpy(got->word + used, letter, strlen(letter));
            used += strlen(letter);
        }
        *p += len;
    }
    got->word[used] = '\0';
    got->len = (size_t)(*p - got->at);
    return true;
}
