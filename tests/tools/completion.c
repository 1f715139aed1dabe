/* SPDX-License-Identifier: Apache-2.0
 *
 * completion diptych|diptychd - print what bash needs to complete the words
 * of a program: the tables of the programs as functions of bash.  How they
 * are used stands in client/diptych.bash and server/diptychd.bash, which make
 * puts behind them.
 */
#include "client/settings.h"
#include "protocol/command.h"
#include "protocol/kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const server_words[] = {
#define ACTION(id, words, operand, needs, may, help) words,
#include "server/admin/options.def"
#undef ACTION
};

/* A list as words; "key:type" becomes "key=". */
static void put_words(const char *list)
{
    while (*list) {
        size_t len = strcspn(list, ", ");
        const char *colon = memchr(list, ':', len);

        (void)printf(" %.*s%s", (int)(colon ? colon - list : (long)len), list,
            colon ? "=" : "");
        list += len + (list[len] != '\0');
    }
}

/* A variable whose value has been begun. */
static void begin(const char *name)
{
    (void)printf("%s='", name);
}

static void end(void)
{
    (void)puts("'");
}

static void put_client_options(void)
{
    begin("_diptych_options");
#define OPTION(id, letter, word, argument, en, fr) (void)printf(" --%s", word);
#include "client/options.def"
#undef OPTION
    end();
    begin("_diptych_valued");
#define OPTION(id, letter, word, argument, en, fr)                             \
    if (*(argument)) {                                                         \
        (void)printf(" --%s", word);                                           \
        if ((letter) != 0)                                                     \
            (void)printf(" -%c", letter);                                      \
    }
#include "client/options.def"
#undef OPTION
    end();
    begin("_diptych_forms");
#define FORMAT(id, word, en, fr) (void)printf(" %s", word);
#include "client/show/formats.def"
#undef FORMAT
    end();
}

static void put_client_verbs(void)
{
    begin("_diptych_verbs");
#define LOCAL(id, word, function, arguments, en, fr) (void)printf(" %s", word);
#include "client/prompt/locals.def"
#undef LOCAL
    for (int i = 0; i < CMD_COUNT; i++)
        (void)printf(" %s", commands[i].name);
    end();
    begin("_diptych_profile");
#define KEY(id, word)                                                          \
    if (strcmp(word, "token") != 0)                                            \
        (void)printf(" %s=", word);
#include "client/link/profile.def"
#undef KEY
    end();
}

/* Keys of the verbs; "fields" and "conditions" stand for those of a kind. */
static void put_keys(void)
{
    (void)puts("_diptych_keys() {\n    case $1 in");
    for (int i = 0; i < CMD_COUNT; i++) {
        if (*commands[i].keys == '\0')
            continue;
        (void)printf("    %s) echo '", commands[i].name);
        put_words(commands[i].keys);
        (void)puts("' ;;");
    }
    (void)puts("    esac\n}");
}

static void put_kinds(void)
{
    begin("_diptych_kinds");
    for (int i = 0; i < KIND_COUNT; i++)
        (void)printf(" %s", kind_row((enum kind)i)->word);
    end();
    (void)puts("_diptych_fields() {\n    case $1 in");
    for (int i = 0; i < KIND_COUNT; i++) {
        const struct kind_row *row = kind_row((enum kind)i);

        (void)printf("    %s) echo '", row->word);
        for (size_t k = row->first; k < row->first + row->count; k++)
            (void)printf(" %s", fields[k].word);
        (void)puts("' ;;");
    }
    (void)puts("    esac\n}");
}

static void put_choices(void)
{
    (void)puts("_diptych_choices() {\n    case $1 in");
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const struct field_row *f = &fields[i];
        enum type type = f->type;

        if (type != TYPE_ENUM && type != TYPE_SET && type != TYPE_BOOL)
            continue;
        (void)printf("    %s.%s) echo '", kind_row(f->kind)->word, f->word);
        put_words(type == TYPE_BOOL ? "yes,no" : f->arg);
        (void)puts("' ;;");
    }
    (void)puts("    esac\n}");
}

/* The options of one action of the server. */
enum server_option {
#define OPTION(id, letter, word, argument, help) SERVER_##id,
#include "server/admin/options.def"
#undef OPTION
    SERVER_OPTIONS
};

#define HAS(id)  (1u << SERVER_##id)
#define SETTINGS (1u << SERVER_OPTIONS)

static void put_action(const char *words, unsigned takes)
{
    static const char *const options[SERVER_OPTIONS] = {
#define OPTION(id, letter, word, argument, help) [SERVER_##id] = word,
#include "server/admin/options.def"
#undef OPTION
    };

    (void)printf("    '%s') echo \"", words);
    for (unsigned i = 0; i < SERVER_OPTIONS; i++)
        if (takes & 1u << i)
            (void)printf(" --%s", options[i]);
    (void)puts(takes & SETTINGS ? " $_diptychd_settings\" ;;" : "\" ;;");
}

static void put_server(void)
{
    begin("_diptychd_first");
    for (size_t i = 0; i < sizeof server_words / sizeof *server_words; i++) {
        size_t len = strcspn(server_words[i], " ");

        if (i == 0 ||
            strncmp(server_words[i - 1], server_words[i], len + 1) != 0)
            (void)printf(" %.*s", (int)len, server_words[i]);
    }
    end();
    (void)puts("_diptychd_second() {\n    case $1 in");
    for (size_t i = 0; i < sizeof server_words / sizeof *server_words; i++) {
        size_t len = strcspn(server_words[i], " ");
        bool first = i == 0 || strncmp(server_words[i - 1], server_words[i],
                                   len + 1) != 0;

        if (server_words[i][len] == '\0')
            continue;
        if (first)
            (void)printf("    %.*s) echo '", (int)len, server_words[i]);
        (void)printf(" %s", server_words[i] + len + 1);
        if (i + 1 == sizeof server_words / sizeof *server_words ||
            strncmp(server_words[i + 1], server_words[i], len + 1) != 0)
            (void)puts("' ;;");
    }
    (void)puts("    esac\n}");
    begin("_diptychd_settings");
#define SETTING(id, letter, word, type, argument, preset, when, help)          \
    (void)printf(" --%s", word);
#include "server/admin/options.def"
#undef SETTING
#define LIMIT(id, word, ...) (void)printf(" --%s", word);
#include "protocol/limits.def"
#undef LIMIT
    end();
    (void)puts("_diptychd_options() {\n    case $1 in");
#define ACTION(id, words, operand, needs, may, help)                           \
    put_action(words, (needs) | (may));
#include "server/admin/options.def"
#undef ACTION
    (void)puts("    esac\n}");
    begin("_diptychd_roles");
    for (int i = ROLE_NONE + 1; i < ROLE_COUNT; i++)
        (void)printf(" %s", role_word((enum role)i));
    end();
}

int main(int argc, char **argv)
{
    (void)printf("# shellcheck shell=bash\n# Made by \"make completion\" from "
                 "the tables of the programs.\n");
    if (argc == 2 && strcmp(argv[1], "diptychd") == 0) {
        put_server();
    } else {
        put_client_options();
        put_client_verbs();
        put_keys();
        put_kinds();
        put_choices();
    }
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
