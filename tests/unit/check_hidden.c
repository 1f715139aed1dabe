/* SPDX-License-Identifier: Apache-2.0
 *
 * check_hidden.c - what one may not see answers as what is not there, byte for
 * byte: every verb, every kind, every field that points to one, to somebody
 * of another team and to somebody who is no member of the tender.
 *
 * The lines are made from the tables of verbs, kinds and fields, so that a new
 * row is tried without being added here.
 */
#include "protocol/base_mem.h"
#include "protocol/command.h"
#include "protocol/kind.h"
#include "tests/parts/stand.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct stand *stand;
static struct session *owner;

/* One object of every kind that stands in a tender, in one that ann alone
 * sees. */
static const char hidden[] =
    "add party code=WE sort=organisation\n"
    "add party code=SEG sort=segment\n"
    "add tender code=NB members=ann\n"
    "use tender=NB\n"
    "add lot code=L1\n"
    "add criterion code=C1 sort=quality weight=40 scale-max=10\n"
    "add stake party=SEG roles=uses\n"
    "add alternative code=ALT sort=other\n"
    "add reach alternative=ALT party=SEG reachable=yes\n"
    "add bid code=OURS party=WE ours=yes price=500\n"
    "add partner bid=OURS party=WE role=lead\n"
    "add mark bid=OURS criterion=C1 value=8\n"
    "add need code=N1 sort=job\n"
    "add weighs need=N1 party=SEG importance=8\n"
    "add cover need=N1 bid=OURS level=0.5\n"
    "add relates need=N1 criterion=C1 strength=9\n"
    "add element code=E1\n"
    "add effect element=E1 on=C1 by=1\n"
    "add answer need=N1 party=SEG met=like unmet=dislike\n"
    "add effort element=E1 party=SEG minutes=5 times=2\n"
    "add award reason=x\n"
    "add grade criterion=C1 name=good mark=5\n"
    "add qualifier text=x\n"
    "add forecast chance=0.5\n"
    "add touch party=SEG text=\"a secret\"\n"
    "add purchase party=SEG from=WE\n"
    "add factor code=FAC name=Hours\n"
    "add nonclient party=SEG tier=leaving factor=FAC\n"
    "add curve factor=FAC party=WE level=3\n"
    "add message stake=S-1 audience=user text=x\n"
    "note OURS text=\"a secret\"\n"
    "add fact on=NB statement=x source=y\n"
    "add task on=NB text=x\n";

static void set_up(void)
{
    stand_new(&stand);
    owner = stand_enter(stand, "ann");
    char *got = stand_say(stand, owner, hidden);
    ck_assert_msg(strstr(got, "err ") == NULL, "%s", got);
    free(got);
}

static void tear_down(void)
{
    session_free(&owner);
    stand_free(&stand);
}

static bool is_object(const char *name, size_t len)
{
    static const char *const words[] = {"id", "target", "tender"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && memcmp(words[i], name, len) == 0)
            return true;
    return false;
}

/* What stands for the other values of a verb. */
static const char *filler(const char *name, size_t len)
{
    static const char *const words[][2] = {{"figure", "points"},
        {"verb", "show"}, {"kind", "bid"}, {"action", "list"}, {"number", "1"},
        {"what", "go"}, {"user", "x"}, {"password", "x"},
        {"mechanism", "token"}, {"word", "x"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i][0]) == len && memcmp(words[i][0], name, len) == 0)
            return words[i][1];
    return "x";
}

/* "show %s": the values of a verb, with a mark where the id stands; false
 * when none does. */
static bool print_values(
    struct text *line, const struct command *command, bool objects)
{
    bool any = false;

    text_puts(line, command->name);
    for (const char *p = command->positional; *p;) {
        size_t len = strcspn(p, " ");
        const char *name = p + (*p == '?');
        size_t bare = (size_t)(p + len - name);

        bare -= name[bare - 1] == '+' || name[bare - 1] == '*';
        bool object = is_object(name, bare);
        if (*p != '?' || (object && objects)) {
            text_putc(line, ' ');
            text_puts(line, object && objects ? "%s" : filler(name, bare));
            any = any || (object && objects);
        }
        p += len;
        p += *p == ' ';
    }
    return any;
}

struct lines {
    char **list;
    size_t n, room;
};

static void add_line(struct lines *lines, struct text *line)
{
    lines->list =
        mem_grow(lines->list, &lines->room, lines->n + 1, sizeof *lines->list);
    lines->list[lines->n++] = text_take(line);
}

static const char *more_of(enum command_id id)
{
    return id == CMD_SET    ? " %f=\"\""
           : id == CMD_UNDO ? " to=1"
           : id == CMD_NOTE ? " text=x"
                            : "";
}

static void add_verbs(struct lines *lines)
{
    for (int i = 0; i < CMD_COUNT; i++) {
        const struct command *command = &commands[i];
        struct text line = {0};

        if (i == CMD_QUIT || i == CMD_LOGOUT)
            continue;
        if (print_values(&line, command, true)) {
            text_puts(&line, more_of((enum command_id)i));
            add_line(lines, &line);
        }
        text_fini(&line);
        for (const char *p = command->keys; *p;) {
            size_t len = strcspn(p, " ");
            const char *colon = memchr(p, ':', len);

            if (colon &&
                strncmp(colon, ":id", len - (size_t)(colon - p)) == 0) {
                print_values(&line, command, false);
                text_puts(&line, more_of((enum command_id)i));
                text_putc(&line, ' ');
                text_add(&line, p, (size_t)(colon - p));
                text_puts(&line, "=%s");
                add_line(lines, &line);
            }
            p += len;
            p += *p == ' ';
        }
    }
}

static void add_fields(struct lines *lines, enum kind kind)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const struct field_row *f = &fields[i];
        const char *word = kind_row(f->kind)->word;
        struct text line = {0};

        if ((f->type != TYPE_REF && f->type != TYPE_REFSET) ||
            !field_takes_kind(f, kind))
            continue;
        text_printf(&line, "list %s %s=%%s", word, f->word);
        add_line(lines, &line);
        text_printf(&line, "add %s %s=%%s", word, f->word);
        add_line(lines, &line);
        text_fini(&line);
    }
}

static const char *const more[] = {"show %s at=20", "del %s parts=yes",
    "set %s %f=\"\" if=1", "set %s %f=\"\" if=seen", "del %s if=seen",
    "undo %s to=1 if=5", "watch %s since=1", "token add name=x tenders=%s",
    "add note on=%s text=x", "add need sort=job tender=%s",
    "list bid tender=%s", "log %s limit=1", "use tender=%s",
    "begin\nset %s %f=\"\"\ncommit", "begin\ndel %s\ncommit"};

static void add_more(struct lines *lines)
{
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        struct text line = {0};

        text_puts(&line, more[i]);
        add_line(lines, &line);
    }
}

/* A field of the kind that is tried; any may be cleared, as far as its type
 * goes. */
static const char *some_field;

/* The line with the id and the field in place of their marks. */
static char *with_id(const char *form, const char *id)
{
    struct text line = {0};

    for (const char *p = form; *p; p++) {
        if (p[0] == '%' && p[1] == 's') {
            text_puts(&line, id);
            p++;
        } else if (p[0] == '%' && p[1] == 'f') {
            text_puts(&line, some_field);
            p++;
        } else {
            text_putc(&line, *p);
        }
    }
    text_putc(&line, '\n');
    return text_take(&line);
}

static char *replaced(const char *text, const char *old, const char *now)
{
    struct text made = {0};

    while (*text) {
        if (strncmp(text, old, strlen(old)) == 0) {
            text_puts(&made, now);
            text += strlen(old);
        } else {
            text_putc(&made, *text++);
        }
    }
    return text_take(&made);
}

/* Batches are numbered in their session. */
static void hide_number(char *text)
{
    char *at = strstr(text, "ok batch=");

    if (at)
        at[sizeof "ok batch=" - 1] = '?';
}

static void compare(
    struct session *s, const char *form, const char *there, const char *absent)
{
    char *ask_there = with_id(form, there), *ask_absent = with_id(form, absent);
    char *got = stand_say(stand, s, ask_there),
         *other = stand_say(stand, s, ask_absent);
    char *same = replaced(other, absent, there);
    hide_number(got);
    hide_number(same);

    ck_assert_msg(strcmp(got, same) == 0, "%s gives:\n%sinstead of:\n%s",
        ask_there, got, same);
    free(ask_there);
    free(ask_absent);
    free(got);
    free(other);
    free(same);
}

static const char *const outsiders[] = {"bob", "dan", "eve"};

START_TEST(what_is_not_seen_answers_as_what_is_not_there)
{
    enum kind kind = (enum kind)_i;
    struct text there = {0}, absent = {0};
    struct lines lines = {0};

    if (kind_row(kind)->scope == SCOPE_TEAM && kind != KIND_TENDER)
        return;
    id_print(&there, kind, 1);
    id_print(&absent, kind, 9);
    some_field = fields[kind_row(kind)->first].word;
    add_verbs(&lines);
    add_fields(&lines, kind);
    add_more(&lines);
    ck_assert_uint_gt(lines.n, 30);
    for (size_t i = 0; i < sizeof outsiders / sizeof *outsiders; i++) {
        struct session *s = stand_enter(stand, outsiders[i]);

        for (size_t j = 0; j < lines.n; j++)
            compare(s, lines.list[j], there.bytes, absent.bytes);
        session_free(&s);
    }
    for (size_t j = 0; j < lines.n; j++)
        free(lines.list[j]);
    free(lines.list);
    text_fini(&there);
    text_fini(&absent);
}
END_TEST

START_TEST(a_code_that_is_not_seen_is_none)
{
    struct lines lines = {0};

    some_field = "title";
    add_verbs(&lines);
    add_more(&lines);
    for (size_t i = 0; i < sizeof outsiders / sizeof *outsiders; i++) {
        struct session *s = stand_enter(stand, outsiders[i]);

        for (size_t j = 0; j < lines.n; j++)
            compare(s, lines.list[j], "NB", "XY");
        session_free(&s);
    }
    for (size_t j = 0; j < lines.n; j++)
        free(lines.list[j]);
    free(lines.list);
}
END_TEST

/* Otherwise all would be hidden, and the comparing would show nothing. */
START_TEST(the_owner_sees_all_of_it)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct text line = {0};

        if (kind_row((enum kind)kind)->scope == SCOPE_TEAM &&
            kind != KIND_TENDER)
            continue;
        text_puts(&line, "show ");
        id_print(&line, (enum kind)kind, 1);
        text_puts(&line, " fields=id\n");
        char *got = stand_say(stand, owner, line.bytes);
        ck_assert_msg(strstr(got, "ok n=1") != NULL, "%s", got);
        free(got);
        text_fini(&line);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/hidden");
    TCase *tcase = tcase_create("hidden");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(
        tcase, what_is_not_seen_answers_as_what_is_not_there, 0, KIND_COUNT);
    tcase_add_test(tcase, a_code_that_is_not_seen_is_none);
    tcase_add_test(tcase, the_owner_sees_all_of_it);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
