/* SPDX-License-Identifier: Apache-2.0
 *
 * seed_maker FOLDER - what the fuzzer starts from: a dictionary made of the
 * tables, and inputs made of the conversations and of made-up notices.
 *
 * An input's name is the digest of its bytes, so that each is there once.
 */
#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/err.h"
#include "protocol/kind.h"
#include "tests/parts/notice_make.h"
#include "tests/talk/script.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *folder;

static void make_folder(const char *name)
{
    struct text path = {0};

    text_printf(&path, "%s/%s", folder, name);
    (void)mkdir(path.bytes, 0777);
    text_fini(&path);
}

static void write_file(const char *name, const struct text *bytes)
{
    struct text path = {0};

    text_printf(&path, "%s/%s", folder, name);
    FILE *to = fopen(path.bytes, "wbe");
    INSIST(to != NULL);
    INSIST(fwrite(text_peek(bytes), 1, bytes->len, to) == bytes->len);
    INSIST(fclose(to) == 0);
    text_fini(&path);
}

/* FNV-1a: these are names, and nobody chooses them. */
static void write_seed(const char *target, const struct text *bytes)
{
    unsigned long long digest = 0xcbf29ce484222325ull;
    char name[64];

    for (size_t i = 0; i < bytes->len; i++)
        digest = (digest ^ (unsigned char)bytes->bytes[i]) * 0x100000001b3ull;
    (void)snprintf(name, sizeof name, "%s/%016llx", target, digest);
    write_file(name, bytes);
}

/* The dictionary, in the form of libFuzzer. */

static void add_word(struct text *to, const char *word, size_t len)
{
    if (len == 0)
        return;
    text_putc(to, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)word[i];

        if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f)
            text_printf(to, "\\x%02x", c);
        else
            text_putc(to, word[i]);
    }
    text_puts(to, "\"\n");
}

/* The words of a list, of which some end in a mark and an explanation. */
static void add_list(struct text *to, const char *list, const char *marks)
{
    while (*list) {
        size_t len = strcspn(list, marks);

        add_word(to, list, len);
        list += len;
        if (*list == ':')
            list += strcspn(list, " ");
        list += *list != '\0';
    }
}

static void add_tables(struct text *to)
{
    for (size_t i = 0; i < CMD_COUNT; i++) {
        add_word(to, commands[i].name, strlen(commands[i].name));
        add_list(to, commands[i].keys, " :");
        add_word(to, commands[i].example, strlen(commands[i].example));
    }
    for (size_t i = 0; i < KIND_COUNT; i++) {
        const struct kind_row *row = kind_row((enum kind)i);

        add_word(to, row->word, strlen(row->word));
        add_word(to, row->prefix, strlen(row->prefix));
    }
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        add_word(to, fields[i].word, strlen(fields[i].word));
        add_list(to, fields[i].arg, ",");
    }
    for (size_t i = 1; i < ERR_COUNT; i++)
        add_word(to, err_word((enum err)i), strlen(err_word((enum err)i)));
}

static void make_dictionary(void)
{
    static const char *const marks[] = {"<<END", "\nEND\n", "\r\n", "=",
        "!=", "<=", ">=", "+=", "-=", "~", "=\"\"", "\\u{e9}", "\"", "\\n",
        "T-1", "B-1", "once=k", "if=seen", "at=1", "as=$x", "$x", "@t ",
        "ok n=1", "err arg field=", "  | ",
        "* 7 2026-11-21T21:14:03.120Z bid.set B-1", "bye reason=quit",
        "hello proto=1", "\xe2\x80\xa6", "\xc2\x9b", "2026-11-21T21:14:03.120Z",
        "1..2..3", "99999999999", "-0.0001", "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&amp;", "<![CDATA[", "]]>",
        "languageID=\"FRA\"", "currencyID=\"EUR\""};
    struct text words = {0};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        add_word(&words, marks[i], strlen(marks[i]));
    add_tables(&words);
    write_file("dictionary", &words);
    text_fini(&words);
}

/* Conversations. */

struct played {
    struct text session, lines, reply;
};

/* Who speaks in the play: by role when they log in, else as it comes. */
static char seat_of(const struct step *step)
{
    static const char *const people[] = {" ann", " bob", " sue", " rae"};

    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (step->text && strstr(step->text, people[i]))
            return (char)i;
    return 0;
}

static void play_step(struct played *p, const struct step *step, char *seats)
{
    unsigned char actor = (unsigned char)step->actor[0];
    char seat = seats[actor];

    if (step->verb == STEP_CONNECT) {
        seats[actor] = seat_of(step);
        text_printf(&p->session, "%c\n", '4' + seats[actor]);
    } else if (step->verb == STEP_SEND) {
        text_printf(&p->session, "%c%s\n", 'a' + seat, step->text);
        text_printf(&p->lines, "%s\n", step->text);
    } else if (step->verb == STEP_HALF_CLOSE) {
        text_printf(&p->session, "%c\n", 'e' + seat);
    } else if (step->verb == STEP_CUT) {
        text_printf(&p->session, "%c\n", '4' + seat);
    } else if (step->verb == STEP_EXPECT || step->verb == STEP_NEXT) {
        text_printf(&p->reply, "%s\n", step->text);
    }
}

/* One line alone, and with what the lexer of arguments wants before it. */
static void write_line(const struct step *step)
{
    struct text line = {0};

    text_puts(&line, step->text);
    write_seed("words", &line);
    text_fini(&line);
    text_printf(&line, "\x04%s", step->text);
    write_seed("args", &line);
    text_fini(&line);
}

static void write_script(const struct script *script)
{
    struct played played = {.lines = {0}};
    char seats[256] = {0};

    text_puts(&played.lines, "\xff\xff\x01\x07");
    text_puts(&played.reply, "P");
    for (size_t i = 0; i < script->n; i++) {
        const struct step *step = &script->list[i];

        play_step(&played, step, seats);
        if (step->verb == STEP_SEND && strcmp(step->actor, "sh") != 0)
            write_line(step);
    }
    write_seed("session", &played.session);
    write_seed("lines", &played.lines);
    write_seed("reply", &played.reply);
    text_fini(&played.session);
    text_fini(&played.lines);
    text_fini(&played.reply);
}

static void make_conversations(void)
{
    glob_t files;

    INSIST(glob("tests/talk/*.talk", 0, NULL, &files) == 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct script script;
        struct text why = {0};

        INSIST(script_read(files.gl_pathv[i], &script, &why));
        write_script(&script);
        script_fini(&script);
        text_fini(&why);
    }
    globfree(&files);
}

static void make_notices(void)
{
    static const struct notice_recipe recipes[] = {
        {.seed = 1, .lots = 1, .criteria = 3, .languages = 1, .orgs = 2},
        {.seed = 2,
            .lots = 2,
            .groups = 1,
            .criteria = 4,
            .languages = 2,
            .orgs = 3,
            .missing = 20},
        {.seed = 3,
            .award = true,
            .lots = 1,
            .criteria = 2,
            .languages = 1,
            .orgs = 3},
        {.seed = 4,
            .award = true,
            .lots = 2,
            .criteria = 1,
            .languages = 2,
            .orgs = 5,
            .missing = 30,
            .change = true},
    };

    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct made_notice made;
        struct text seed = {0};

        notice_make(&recipes[i], &made);
        text_putc(&seed, (char)('0' + i % 2));
        text_add(&seed, made.xml.bytes, made.xml.len);
        write_seed("notice", &seed);
        text_fini(&seed);
        notice_unmake(&made);
    }
}

/* Tenders drawn from a number, one number put into each, and what somebody
 * might type as a rule. */
static void make_values(void)
{
    static const char *const rules[] = {"", "wp * pmin / p",
        "wp * (1 - (p - pmin) / (pmax - pmin))", "min(wp, sqrt(q) * log(p))",
        "max(0, wq * q / qbest - p / ceiling", "1 / 0", "((((p))))",
        "p + pavg * pmed - n"};

    for (uint64_t i = 0; i < 32; i++) {
        uint64_t drawn = (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
        int64_t put = (int64_t)(i * i) * 10000;
        struct text seed = {0};

        text_add(&seed, (const char *)&drawn, sizeof drawn);
        text_putc(&seed, (char)(16 + i));
        text_putc(&seed, '\0');
        text_add(&seed, (const char *)&put, sizeof put);
        text_printf(&seed, "\n%s", rules[i % (sizeof rules / sizeof *rules)]);
        write_seed("value", &seed);
        write_seed("users", &seed);
        text_fini(&seed);
    }
}

int main(int argc, char **argv)
{
    static const char *const targets[] = {"lines", "words", "args", "reply",
        "notice", "session", "value", "users"};

    if (argc != 2) {
        (void)fputs("seed_maker FOLDER\n", stderr);
        return EXIT_FAILURE;
    }
    folder = argv[1];
    (void)mkdir(folder, 0777);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        make_folder(targets[i]);
    make_dictionary();
    make_conversations();
    make_notices();
    make_values();
    return EXIT_SUCCESS;
}
