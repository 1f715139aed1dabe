/* SPDX-License-Identifier: Apache-2.0
 *
 * config.c - values of settings: checked by type, loaded in order, shown.
 */
#include "server/admin/config.h"

#include "protocol/base_mem.h"
#include "protocol/utf8.h"
#include "server/net/address.h"

#include <stdlib.h>
#include <string.h>

static void replace(char **old, const char *word)
{
    free(*old);
    *old = mem_text(word);
}

static void set_value(struct config *config, enum setting setting,
    const char *word, const char *from)
{
    replace(&config->value[setting].word, word);
    replace(&config->value[setting].from, from);
}

/* Types. */

/* Digits, and K, M or G behind those of bytes; 0 when it is no such number,
 * which no limit may be. */
static size_t read_number(const struct limit_row *row, const char *word)
{
    static const char units[] = "KMG";
    char *end = NULL;

    if (*word < '0' || *word > '9' || strlen(word) > 15)
        return 0;
    size_t value = strtoul(word, &end, 10);
    const char *unit = *end ? strchr(units, *end) : NULL;
    if (unit && end[1] == '\0' && strcmp(row->unit, "bytes") == 0 &&
        value <= row->high) {
        value <<= 10 * (unit - units + 1);
        end++;
    }
    return *end ? 0 : value;
}

static bool read_limit(
    enum limit limit, const char *word, struct text *got, struct text *allowed)
{
    const struct limit_row *row = &limits[limit];
    size_t value = read_number(row, word);

    text_printf(allowed, "%zu to %zu", row->low, row->high);
    text_printf(got, "%zu", value);
    return value >= row->low && value <= row->high;
}

static bool is_choice(const char *choices, const char *word)
{
    size_t len = strlen(word);

    for (const char *p = choices; *p;) {
        size_t item = strcspn(p, "|");

        if (item == len && memcmp(p, word, len) == 0)
            return true;
        p += item;
        p += *p == '|';
    }
    return false;
}

static void print_choices(const char *choices, struct text *to)
{
    for (; *choices; choices++)
        if (*choices == '|')
            text_puts(to, ", ");
        else
            text_putc(to, *choices);
}

static bool is_loopback(const char *word)
{
    struct sockaddr_storage address;
    struct text why = {0};
    bool is = address_read(word, &address, &why) == ERR_OK &&
              address_is_local(&address);

    text_fini(&why);
    return is;
}

/* Whether a word is of the setting's type; got is what is kept of it. */
static bool read_value(enum setting setting, const char *word, struct text *got,
    struct text *allowed)
{
    const struct setting_row *row = &settings[setting];
    struct sockaddr_storage address;

    if (row->type == SETTING_IS_LIMIT)
        return read_limit(
            (enum limit)(setting - SETTING_LIMITS), word, got, allowed);
    text_puts(got, word);
    switch (row->type) {
    case SETTING_IS_ADDRESS:
        return address_read(word, &address, allowed) == ERR_OK;
    case SETTING_IS_LOOPBACK:
        text_puts(allowed, "127.0.0.1:PORT, [::1]:PORT or localhost:PORT");
        return is_loopback(word);
    case SETTING_IS_CHOICE:
        print_choices(row->argument, allowed);
        return is_choice(row->argument, word);
    default:
        text_puts(allowed, "the name of a file");
        return utf8_fault(word, strlen(word), false) == strlen(word);
    }
}

enum err config_put(struct config *config, enum setting setting,
    const char *word, const char *from, struct text *why)
{
    const struct setting_row *row = &settings[setting];
    struct text got = {0};
    struct text allowed = {0};
    bool right = read_value(setting, word, &got, &allowed);

    if (right)
        set_value(config, setting, text_peek(&got), from);
    else if (row->type == SETTING_IS_ADDRESS)
        text_printf(why, "%s: %s", from, text_peek(&allowed));
    else
        text_printf(why, "%s: %s is \"%s\"; allowed: %s (%s)", from, row->word,
            word, text_peek(&allowed), row->help);
    text_fini(&got);
    text_fini(&allowed);
    return right ? ERR_OK : ERR_ARG;
}

/* Settings that belong together. */

static enum err check_pair(const struct config *config, struct text *why)
{
    const struct config_value *cert = &config->value[SETTING_CERT];
    const struct config_value *key = &config->value[SETTING_KEY];

    if (!*cert->word == !*key->word)
        return ERR_OK;
    text_printf(why, "%s: cert and key go together, %s is missing",
        *cert->word ? cert->from : key->from, *cert->word ? "key" : "cert");
    return ERR_ARG;
}

/* Whoever must show a certificate would only take the other port. */
static enum err check_plain(const struct config *config, struct text *why)
{
    const struct config_value *plain = &config->value[SETTING_PLAIN];
    const struct config_value *mtls = &config->value[SETTING_MTLS];

    if (*plain->word == '\0' || strcmp(mtls->word, "require") != 0)
        return ERR_OK;
    text_printf(why,
        "%s: plain is %s, and mtls is require (%s); allowed: one of them, "
        "since "
        "no certificate can be shown without TLS",
        plain->from, plain->word, mtls->from);
    return ERR_ARG;
}

static enum err check_limits(const struct config *config, struct text *why)
{
    size_t value[LIMIT_COUNT];
    enum limit low, high;

    for (enum limit i = 0; i < LIMIT_COUNT; i++)
        value[i] = strtoul(config->value[SETTING_LIMITS + i].word, NULL, 10);
    if (!limit_above(value, &low, &high))
        return ERR_OK;
    text_printf(why, "%s is %zu (%s), %s is %zu (%s); allowed: %s not above %s",
        limits[low].word, value[low], config->value[SETTING_LIMITS + low].from,
        limits[high].word, value[high],
        config->value[SETTING_LIMITS + high].from, limits[low].word,
        limits[high].word);
    return ERR_ARG;
}

/* Loading. */

static enum err load_file(struct config *config, const char *folder,
    const char *file, struct text *why)
{
    struct text path = {0};

    if (file == NULL)
        text_printf(&path, "%s/diptychd.conf", folder);
    enum err err = config_read_file(
        config, file ? file : text_peek(&path), file != NULL, why);
    text_fini(&path);
    return err;
}

static enum err load_flags(
    struct config *config, const char *const *flags, struct text *why)
{
    enum err err = ERR_OK;

    for (enum setting i = 0; i < SETTING_COUNT && err == ERR_OK; i++) {
        struct text from = {0};

        text_printf(&from, "--%s", settings[i].word);
        if (flags[i])
            err = config_put(config, i, flags[i], text_peek(&from), why);
        text_fini(&from);
    }
    return err;
}

enum err config_load(const char *folder, const char *file,
    const char *const *flags, struct config **made, struct text *why)
{
    struct config *config = mem_new(sizeof *config);

    for (enum setting i = 0; i < SETTING_COUNT; i++)
        set_value(config, i, settings[i].preset, "default");
    enum err err = load_flags(config, flags, why);
    if (err == ERR_OK)
        err = load_file(config, folder, file, why);
    if (err == ERR_OK)
        err = load_flags(config, flags, why);
    if (err == ERR_OK)
        err = check_pair(config, why);
    if (err == ERR_OK)
        err = check_plain(config, why);
    if (err == ERR_OK)
        err = check_limits(config, why);
    if (err == ERR_OK)
        *made = config;
    else
        config_free(&config);
    return err;
}

void config_free(struct config **config)
{
    if (*config == NULL)
        return;
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        free((*config)->value[i].word);
        free((*config)->value[i].from);
    }
    free(*config);
    *config = NULL;
}

const char *config_word(const struct config *config, enum setting setting)
{
    const char *word = config->value[setting].word;

    return *word ? word : NULL;
}

void config_print(const struct config *config, struct text *to)
{
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        const struct config_value *value = &config->value[i];
        size_t start = to->len;

        if (*value->word)
            text_printf(to, "%s = %s", settings[i].word, value->word);
        else
            text_printf(to, "# %s is not set", settings[i].word);
        text_printf(to, "%*s # %s\n",
            to->len - start < 39 ? (int)(39 - (to->len - start)) : 0, "",
            value->from);
    }
}

void config_apply(const struct config *config, bool all)
{
    for (enum limit i = 0; i < LIMIT_COUNT; i++) {
        const char *word = config->value[SETTING_LIMITS + i].word;

        if (all || limits[i].live)
            INSIST(limit_set(i, strtoul(word, NULL, 10)) == ERR_OK);
    }
}

void config_take(
    struct config *now, struct config *fresh, config_told_fn *told, void *ctx)
{
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        struct config_value *was = &now->value[i];
        struct config_value *is = &fresh->value[i];

        if (strcmp(was->word, is->word) != 0)
            told(ctx, i, was->word, is->word, settings[i].live);
        if (settings[i].live) {
            struct config_value kept = *was;

            *was = *is;
            *is = kept;
        }
    }
}
