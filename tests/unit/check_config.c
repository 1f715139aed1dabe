/* SPDX-License-Identifier: Apache-2.0
 *
 * check_config - settings from presets, a file and flags.
 */
#include "server/admin/config.h"

#include "tests/parts/temp.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char folder[TEMP_ROOM];
static char file[TEMP_ROOM + 32];
static const char *flags[SETTING_COUNT];
static struct config *config;
static struct text why;

static void set_up(void)
{
    temp_make(folder);
    (void)snprintf(file, sizeof file, "%s/diptychd.conf", folder);
    memset(flags, 0, sizeof flags);
}

static void tear_down(void)
{
    config_free(&config);
    text_fini(&why);
    temp_remove(folder);
}

static void write_config(const char *name, const char *bytes)
{
    FILE *to = fopen(name, "we");

    ck_assert_ptr_nonnull(to);
    ck_assert_int_ge(fputs(bytes, to), 0);
    ck_assert_int_eq(fclose(to), 0);
}

static enum err load(void)
{
    return config_load(folder, NULL, flags, &config, &why);
}

static const struct config_value *value_of(const char *word)
{
    enum setting setting = setting_find(word);

    ck_assert_int_ne(setting, SETTING_COUNT);
    return &config->value[setting];
}

START_TEST(without_file_and_flags_all_are_presets)
{
    ck_assert_int_eq(load(), ERR_OK);
    for (enum setting i = 0; i < SETTING_COUNT; i++) {
        ck_assert_str_eq(config->value[i].word, settings[i].preset);
        ck_assert_str_eq(config->value[i].from, "default");
    }
    ck_assert_str_eq(config_word(config, SETTING_LISTEN), "127.0.0.1:7766");
    ck_assert_ptr_null(config_word(config, SETTING_CERT));
}
END_TEST

static const struct {
    const char *bytes;
    const char *word;
    const char *value;
    unsigned line;
} rights[] = {
    {"rows = 2000\n", "rows", "2000", 1},
    {"rows=2000", "rows", "2000", 1},
    {"\n# rows = 1\n\t rows =\t2000 \r\n", "rows", "2000", 3},
    {"rows = 2000 # a comment\n", "rows", "2000", 1},
    {"text = 2M\n", "text", "2097152", 1},
    {"text = 2K\n", "text", "2048", 1},
    {"batch-bytes = 1G\n", "batch-bytes", "1073741824", 1},
    {"rows = 01000\n", "rows", "1000", 1},
    {"listen = [::]:7766\n", "listen", "[::]:7766", 1},
    {"key = k\ncert = /a b/c#d.pem\n", "cert", "/a b/c#d.pem", 2},
    {"key = a=b\ncert = c\n", "key", "a=b", 1},
    {"", "rows", "1000", 0},
};

START_TEST(a_right_file_is_read)
{
    char from[sizeof file + 16];

    write_config(file, rights[_i].bytes);
    ck_assert_msg(load() == ERR_OK, "%s", text_peek(&why));
    ck_assert_str_eq(value_of(rights[_i].word)->word, rights[_i].value);
    if (rights[_i].line) {
        (void)snprintf(from, sizeof from, "%s:%u", file, rights[_i].line);
        ck_assert_str_eq(value_of(rights[_i].word)->from, from);
    }
}
END_TEST

static const struct {
    const char *bytes;
    const char *says; /* behind the name of the file */
    const char *also;
} wrongs[] = {
    {"rwos = 5\n", ":1: there is no setting \"rwos\"", "did you mean rows?"},
    {"colour = 5\n", ":1: there is no setting \"colour\"", "diptychd config"},
    {"\n\nrows = 999\n", ":3: rows is \"999\"", "allowed: 1000 to 100000"},
    {"rows = 100001\n", ":1: rows is \"100001\"", "1000 to 100000"},
    {"rows = many\n", ":1: rows is \"many\"", "rows of one reply"},
    {"rows = 2K\n", ":1: rows is \"2K\"", "1000 to 100000"},
    {"rows = -1\n", ":1: rows is \"-1\"", "1000 to 100000"},
    {"rows = 2000x\n", ":1: rows is \"2000x\"", "1000 to 100000"},
    {"text = 2MB\n", ":1: text is \"2MB\"", "1024 to 16777216"},
    {"text = 999999999999G\n", ":1: text is", "1024 to 16777216"},
    {"text = 99999999999999999999\n", ":1: text is", "1024 to 16777216"},
    {"rows\n", ":1: \"rows\"", "allowed: word = value"},
    {"rows =\n", ":1: rows lacks its N", "rows of one reply"},
    {"rows = # 5\n", ":1: rows lacks its N", "rows of one reply"},
    {"= 5\n", ":1: there is no setting \"\"", "diptychd config"},
    {"rows = 1000\nrows = 1001\n", ":2: rows is set in line 1", "already"},
    {"listen = here\n", ":1: \"here\" is no address", "HOST:PORT"},
    {"listen = name.example:1\n", ":1: \"name.example:1\" is no", "numeric"},
    {"cert = c\n", ":1: cert and key go together", "key is missing"},
    {"key = k\n", ":1: cert and key go together", "cert is missing"},
    {"cert = \xff\n", ":1: the line is not UTF-8", "control"},
    {"plain = 127.0.0.1:1\nmtls = require\n", ":1: plain is 127.0.0.1:1",
        "mtls is require"},
    {"plain = 192.0.2.1:1\n", ":1: plain is \"192.0.2.1:1\"", "127.0.0.1:PORT"},
    {"output-low = 1M\n", ":1), output-high is 262144 (default)",
        "output-low not above output-high"},
};

START_TEST(a_wrong_line_stops_and_says_where)
{
    write_config(file, wrongs[_i].bytes);
    enum err err = load();
    ck_assert(err == ERR_SYNTAX || err == ERR_ARG);
    ck_assert_ptr_null(config);
    ck_assert_ptr_nonnull(strstr(text_peek(&why), file));
    ck_assert_msg(strstr(text_peek(&why), wrongs[_i].says) &&
                      strstr(text_peek(&why), wrongs[_i].also),
        "%s", text_peek(&why));
}
END_TEST

START_TEST(a_zero_byte_does_not_hide_the_rest_of_a_line)
{
    FILE *to = fopen(file, "we");
    static const char bytes[] = "rows = 2000\0x\n";

    ck_assert_uint_eq(fwrite(bytes, 1, sizeof bytes - 1, to), sizeof bytes - 1);
    ck_assert_int_eq(fclose(to), 0);
    ck_assert_int_eq(load(), ERR_SYNTAX);
}
END_TEST

START_TEST(a_flag_wins_over_a_line)
{
    write_config(file, "rows = 2000\nids = 5\n");
    flags[setting_find("rows")] = "3000";
    ck_assert_int_eq(load(), ERR_OK);
    ck_assert_str_eq(value_of("rows")->word, "3000");
    ck_assert_str_eq(value_of("rows")->from, "--rows");
    ck_assert_str_eq(value_of("ids")->word, "5");
}
END_TEST

START_TEST(a_wrong_flag_is_told_apart_from_a_wrong_line)
{
    flags[setting_find("rows")] = "few";
    ck_assert_int_eq(load(), ERR_ARG);
    ck_assert_ptr_nonnull(strstr(text_peek(&why), "--rows: rows is \"few\""));
}
END_TEST

START_TEST(a_file_that_is_named_must_be_there_and_is_read_alone)
{
    char other[TEMP_ROOM + 32];

    (void)snprintf(other, sizeof other, "%s/other.conf", folder);
    write_config(file, "rows = 2000\n");
    ck_assert_int_eq(
        config_load(folder, other, flags, &config, &why), ERR_NONE);
    ck_assert_ptr_nonnull(strstr(text_peek(&why), other));
    write_config(other, "ids = 5\n");
    ck_assert_int_eq(config_load(folder, other, flags, &config, &why), ERR_OK);
    ck_assert_str_eq(value_of("ids")->word, "5");
    ck_assert_str_eq(value_of("rows")->word, "1000");
}
END_TEST

START_TEST(what_is_printed_sets_the_same_again)
{
    struct text printed = {0};
    struct text again = {0};

    write_config(file, "rows = 2000\ncert = c\nkey = k\nlisten = [::1]:0\n");
    ck_assert_int_eq(load(), ERR_OK);
    config_print(config, &printed);
    ck_assert_ptr_nonnull(strstr(text_peek(&printed), "rows = 2000 "));
    ck_assert_ptr_nonnull(strstr(text_peek(&printed), ":1\n"));
    ck_assert_ptr_nonnull(strstr(text_peek(&printed), "# default\n"));
    config_free(&config);
    write_config(file, text_peek(&printed));
    ck_assert_msg(load() == ERR_OK, "%s", text_peek(&why));
    config_print(config, &again);
    for (size_t i = 0; i < SETTING_COUNT; i++)
        ck_assert_ptr_nonnull(strstr(text_peek(&again), settings[i].word));
    ck_assert_str_eq(value_of("rows")->word, "2000");
    ck_assert_str_eq(value_of("listen")->word, "[::1]:0");
    text_fini(&printed);
    text_fini(&again);
}
END_TEST

START_TEST(limits_are_put_in_force)
{
    flags[setting_find("rows")] = "2000";
    flags[setting_find("sessions")] = "7";
    ck_assert_int_eq(load(), ERR_OK);
    config_apply(config, false);
    ck_assert_uint_eq(LIMIT_NOW(ROWS), 2000);
    ck_assert_uint_eq(LIMIT_NOW(SESSIONS), LIMIT_SESSIONS);
    config_apply(config, true);
    ck_assert_uint_eq(LIMIT_NOW(SESSIONS), 7);
    ck_assert_int_eq(limit_set(LIMIT_ROW_ROWS, LIMIT_ROWS), ERR_OK);
    ck_assert_int_eq(limit_set(LIMIT_ROW_SESSIONS, LIMIT_SESSIONS), ERR_OK);
}
END_TEST

static void note(void *ctx, enum setting setting, const char *was,
    const char *now, bool taken)
{
    text_printf(ctx, "%s %s>%s %s\n", settings[setting].word, was, now,
        taken ? "taken" : "waits");
}

START_TEST(of_new_settings_only_the_live_ones_are_taken)
{
    struct config *fresh = NULL;
    struct text told = {0};

    ck_assert_int_eq(load(), ERR_OK);
    write_config(file, "rows = 2000\nsessions = 7\nids = 64\n");
    ck_assert_int_eq(config_load(folder, NULL, flags, &fresh, &why), ERR_OK);
    config_take(config, fresh, note, &told);
    config_free(&fresh);
    ck_assert_str_eq(
        text_peek(&told), "rows 1000>2000 taken\nsessions 10000>7 waits\n");
    ck_assert_str_eq(value_of("rows")->word, "2000");
    ck_assert_str_eq(value_of("sessions")->word, "10000");
    text_fini(&told);
}
END_TEST

START_TEST(a_setting_is_named_once_and_its_preset_is_right)
{
    enum setting i = (enum setting)_i;
    struct config *presets = NULL;

    ck_assert_int_eq(setting_find(settings[i].word), i);
    ck_assert_str_ne(settings[i].help, "");
    ck_assert_int_eq(config_load(folder, NULL, flags, &presets, &why), ERR_OK);
    if (*settings[i].preset)
        ck_assert_int_eq(
            config_put(presets, i, settings[i].preset, "test", &why), ERR_OK);
    config_free(&presets);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/config");
    TCase *at = tcase_create("config");

    tcase_add_checked_fixture(at, set_up, tear_down);
    tcase_add_test(at, without_file_and_flags_all_are_presets);
    tcase_add_loop_test(
        at, a_right_file_is_read, 0, sizeof rights / sizeof *rights);
    tcase_add_loop_test(at, a_wrong_line_stops_and_says_where, 0,
        sizeof wrongs / sizeof *wrongs);
    tcase_add_test(at, a_zero_byte_does_not_hide_the_rest_of_a_line);
    tcase_add_test(at, a_flag_wins_over_a_line);
    tcase_add_test(at, a_wrong_flag_is_told_apart_from_a_wrong_line);
    tcase_add_test(at, a_file_that_is_named_must_be_there_and_is_read_alone);
    tcase_add_test(at, what_is_printed_sets_the_same_again);
    tcase_add_test(at, limits_are_put_in_force);
    tcase_add_test(at, of_new_settings_only_the_live_ones_are_taken);
    tcase_add_loop_test(
        at, a_setting_is_named_once_and_its_preset_is_right, 0, SETTING_COUNT);
    suite_add_tcase(suite, at);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
