/* SPDX-License-Identifier: Apache-2.0
 *
 * check_options.c - the command line of diptychd.
 */
#include "server/admin/cli.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MOST 16

/* Cuts a line at its blanks; the words point into *line. */
static size_t cut_line(char *line, const char **words)
{
    size_t n = 0;

    for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
        words[n++] = strcmp(word, "''") == 0 ? "" : word;
    return n;
}

static enum err read_line(const char *line, struct cli *got, struct text *why)
{
    static char copy[256];
    const char *words[MOST];

    ck_assert_uint_lt(strlen(line), sizeof copy);
    memcpy(copy, line, strlen(line) + 1);
    return cli_read(words, cut_line(copy, words), got, why);
}

static const struct {
    const char *line;
    const char *says; /* each must stand in the complaint */
    const char *also;
} wrongs[] = {
    {"", "is missing", "init, user add, user passwd, user role"},
    {"srve -d x", "no action \"srve\"", "serve"},
    {"user", "no action \"user\"", "user add"},
    {"user drop x", "no action \"user\"", "user add"},
    {"init", "--folder DIR is missing", "usage: diptychd init -d DIR"},
    {"init -d", "-d lacks its DIR", "usage"},
    {"init -d ''", "-d lacks its DIR", "usage"},
    {"init --folder=", "lacks its DIR", "usage"},
    {"init -d x y", "\"y\" is one word too many", "usage"},
    {"init -d x -d y", "given twice", "usage"},
    {"init -d x -q", "no option -q", "usage"},
    {"init -d x --fold y", "no option --fold", "usage"},
    {"init -d x --team t", "init takes no option --team", "usage"},
    {"serve -d x -l", "-l lacks its HOST:PORT", "usage"},
    {"serve -d x --lisen here", "no option --lisen", "did you mean --listen?"},
    {"serve -d x --rows=5 --rows 6", "--rows is given twice", "usage"},
    {"check -d x --rows 5", "check takes no option --rows", "usage"},
    {"user add -d x --team t --role r ann", "--password-file FILE is missing",
        "usage"},
    {"user add -d x --team t --role chief --password-file p ann",
        "no role \"chief\"", "reader, scorer, editor or owner"},
    {"user add -d x --team t --role none --password-file p ann",
        "no role \"none\"", "reader, scorer, editor or owner"},
    {"user add -d x --team t --role owner --password-file p",
        "the NAME is missing", "usage"},
    {"user add -d x --team t --role owner --password-file p ann bob",
        "both \"ann\" and \"bob\"", "one NAME"},
    {"user add -d x --team t --role owner --password-file p ''",
        "the NAME is empty", "usage"},
    {"user passwd -d x ann", "--password-file FILE is missing", "usage"},
    {"user add -d x --role owner --password-file p ann",
        "--team TEAM is missing", "usage"},
    {"user add -d x --role admin --team t --password-file p ann",
        "an admin is of the server", "usage"},
    {"user add -d x --role owner --team t --again=yes ann", "takes no value",
        "[--again]"},
    {"user role -d x ann", "--role ROLE is missing", "admin of the server"},
    {"user role -d x --role none ann", "no role \"none\"", "usage"},
    {"user list -d x ann", "\"ann\" is one word too many", "[--team TEAM]"},
    {"team add -d x", "the NAME is missing", "usage"},
    {"backup -d x", "the FILE is missing", "backup -d DIR FILE"},
    {"restore x", "--folder DIR is missing", "restore -d DIR FILE"},
    {"help me", "one word too many", "usage: diptychd help"},
};

START_TEST(a_wrong_line_says_what_is_allowed)
{
    struct cli got = {.action = ACTION_COUNT};
    struct text why = {0};

    ck_assert_int_eq(read_line(wrongs[_i].line, &got, &why), ERR_ARG);
    ck_assert_int_eq(got.action, ACTION_COUNT);
    ck_assert_msg(strstr(text_peek(&why), wrongs[_i].says) &&
                      strstr(text_peek(&why), wrongs[_i].also),
        "%s: %s", wrongs[_i].line, text_peek(&why));
    text_fini(&why);
}
END_TEST

static const struct {
    const char *line;
    enum action action;
    const char *folder;
    const char *operand;
} rights[] = {
    {"init -d x", ACTION_INIT, "x", NULL},
    {"init -dx", ACTION_INIT, "x", NULL},
    {"init --folder x", ACTION_INIT, "x", NULL},
    {"init --folder=x", ACTION_INIT, "x", NULL},
    {"init -d -x", ACTION_INIT, "-x", NULL},
    {"check -d x", ACTION_CHECK, "x", NULL},
    {"backup file -d x", ACTION_BACKUP, "x", "file"},
    {"backup -d x -- -file", ACTION_BACKUP, "x", "-file"},
    {"restore -d x -", ACTION_RESTORE, "x", "-"},
    {"user passwd -d x ann --password-file -", ACTION_USER_PASSWD, "x", "ann"},
    {"user role -d x --role reader ann", ACTION_USER_ROLE, "x", "ann"},
    {"user del -d x ann", ACTION_USER_DEL, "x", "ann"},
    {"user list -d x --team blue", ACTION_USER_LIST, "x", NULL},
    {"user add -d x --role admin --again ann --password-file p",
        ACTION_USER_ADD, "x", "ann"},
    {"team add -d x blue", ACTION_TEAM_ADD, "x", "blue"},
    {"team list -d x", ACTION_TEAM_LIST, "x", NULL},
    {"user add -d x --team t --role scorer --password-file p ann",
        ACTION_USER_ADD, "x", "ann"},
    {"serve -d x", ACTION_SERVE, "x", NULL},
    {"help", ACTION_HELP, NULL, NULL},
    {"--help", ACTION_HELP, NULL, NULL},
    {"--version", ACTION_VERSION, NULL, NULL},
};

START_TEST(a_right_line_is_read)
{
    struct cli got = {0};
    struct text why = {0};

    ck_assert_msg(read_line(rights[_i].line, &got, &why) == ERR_OK, "%s",
        text_peek(&why));
    ck_assert_int_eq(got.action, rights[_i].action);
    ck_assert_pstr_eq(got.option[OPTION_FOLDER], rights[_i].folder);
    ck_assert_pstr_eq(got.operand, rights[_i].operand);
}
END_TEST

START_TEST(all_options_reach_their_place)
{
    struct cli got = {0};
    struct text why = {0};

    ck_assert_int_eq(
        read_line(
            "serve -d x -l [::1]:0 --cert c --key=k --rows 2000", &got, &why),
        ERR_OK);
    ck_assert_str_eq(got.setting[SETTING_LISTEN], "[::1]:0");
    ck_assert_str_eq(got.setting[SETTING_CERT], "c");
    ck_assert_str_eq(got.setting[SETTING_KEY], "k");
    ck_assert_str_eq(got.setting[SETTING_LIMITS + LIMIT_ROW_ROWS], "2000");
    ck_assert_int_eq(
        read_line("user add -d x --team t --role scorer --password-file p ann",
            &got, &why),
        ERR_OK);
    ck_assert_int_eq(got.role, ROLE_SCORER);
    ck_assert_str_eq(got.option[OPTION_TEAM], "t");
    ck_assert_str_eq(got.option[OPTION_PASSWORD], "p");
}
END_TEST

START_TEST(help_shows_every_action_option_and_setting)
{
    struct text help = {0};

    cli_help(&help);
#define OPTION(id, letter, word, argument, help_text)                          \
    ck_assert_ptr_nonnull(strstr(text_peek(&help), "--" word));                \
    ck_assert_ptr_nonnull(strstr(text_peek(&help), argument));
#define SETTING(id, letter, word, type, argument, preset, when, help_text)     \
    ck_assert_ptr_nonnull(strstr(text_peek(&help), "--" word " " argument));   \
    ck_assert_ptr_nonnull(strstr(text_peek(&help), help_text));
#define ACTION(id, words, operand, needs, may, help_text)                      \
    ck_assert_ptr_nonnull(strstr(text_peek(&help), "diptychd " words));        \
    ck_assert_ptr_nonnull(strstr(text_peek(&help), help_text));
#include "server/admin/options.def"
#undef OPTION
#undef SETTING
#undef ACTION
    text_fini(&help);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/options");
    TCase *line = tcase_create("line");

    tcase_add_loop_test(line, a_wrong_line_says_what_is_allowed, 0,
        sizeof wrongs / sizeof *wrongs);
    tcase_add_loop_test(
        line, a_right_line_is_read, 0, sizeof rights / sizeof *rights);
    tcase_add_test(line, all_options_reach_their_place);
    tcase_add_test(line, help_shows_every_action_option_and_setting);
    suite_add_tcase(suite, line);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
