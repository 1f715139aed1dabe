/* SPDX-License-Identifier: Apache-2.0
 *
 * check_list_matrix.c - every operator on every field, judged by a second
 * reading: objects with made-up values of all fields are listed once, and what
 * a condition or an order should give is computed from that.
 *
 * The fields are those of kinds.def, so that a new one is tested by itself.
 */
#include "protocol/fold.h"
#include "tests/parts/json_flat.h"
#include "tests/unit/made_up.h"

static void set_up(void)
{
    random_state = 11;
    stand_new(&stand);
    session = stand_enter(stand, "ann");
    fill();
}

static void tear_down(void)
{
    session_free(&session);
    stand_free(&stand);
}

/* The second reading. */

struct one {
    char *id;
    bool set;
    char *word;
    struct datum value;
};

struct all {
    struct one list[64];
    size_t n;
};

static char *value_in(const char *row, const char *key)
{
    struct text flat = {0}, mark = {0};
    char *found = NULL;

    ck_assert(json_flat(row, &flat));
    text_printf(&mark, "\n%s=", key);
    text_putc(&flat, '\n');
    char *whole = mem_new(flat.len + 2);
    whole[0] = '\n';
    memcpy(whole + 1, flat.bytes, flat.len);
    const char *at = strstr(whole, mark.bytes);
    if (at) {
        at += mark.len;
        found = mem_copy(at, strcspn(at, "\n"));
    }
    free(whole);
    text_fini(&flat);
    text_fini(&mark);
    return found;
}

static void read_all(size_t field, struct all *all)
{
    struct text line = {0};
    struct datum_fault fault;

    /* All rows are asked by one session: its bucket of requests fills again. */
    stand_clock(stand, 1000);
    text_printf(&line, "list %s fields=%s limit=1000",
        kind_row(fields[field].kind)->word, fields[field].word);
    char *got = say(line.bytes), *rest = got, *row;
    while ((row = strsep(&rest, "\n")) && row[0] == ' ') {
        struct one *one = &all->list[all->n++];
        ck_assert_uint_lt(all->n, 64);
        one->id = value_in(row, "id");
        one->word = value_in(row, fields[field].word);
        one->set = one->word != NULL;
        if (one->set && fields[field].type == TYPE_BOOL) {
            bool yes = strcmp(one->word, "true") == 0;

            free(one->word);
            one->word = mem_text(yes ? "yes" : "no");
        }
        if (one->set)
            ck_assert_int_eq(
                datum_read(field, one->word, &one->value, &fault), ERR_OK);
    }
    free(got);
    text_fini(&line);
}

static void free_all(struct all *all)
{
    for (size_t i = 0; i < all->n; i++) {
        free(all->list[i].id);
        free(all->list[i].word);
        datum_fini(&all->list[i].value);
    }
}

static int place_in(const char *list, const char *word)
{
    int place = 0;

    for (; *list; place++) {
        size_t len = strcspn(list, ",");

        if (strlen(word) == len && memcmp(list, word, len) == 0)
            return place;
        list += len + (list[len] == ',');
    }
    return -1;
}

static bool has_all(const char *list, const char *part)
{
    while (*part) {
        size_t len = strcspn(part, ",");

        if (!list_holds(list, part, len))
            return false;
        part += len + (part[len] == ',');
    }
    return true;
}

static char *fold(const char *text)
{
    struct text made = {0};

    fold_text(&made, text);
    return text_take(&made);
}

static int compare_folded(const char *a, const char *b)
{
    char *x = fold(a), *y = fold(b);
    int order = strcmp(x, y);

    free(x);
    free(y);
    return order;
}

static bool is_set_type(enum type type)
{
    return type == TYPE_SET || type == TYPE_REFSET || type == TYPE_MEMBERS;
}

static bool is_text_type(enum type type)
{
    return type == TYPE_WORD || type == TYPE_LINE || type == TYPE_TEXT;
}

/* The order of two values that are there. */
static int compare_values(
    size_t field, const struct one *a, const char *word, const struct datum *b)
{
    enum type type = fields[field].type;
    int64_t x = a->value.number, y = b->number;

    if (is_text_type(type))
        return compare_folded(a->word, word);
    if (type == TYPE_ENUM)
        return place_in(fields[field].arg, a->word) -
               place_in(fields[field].arg, word);
    if (type == TYPE_ESTIMATE) {
        x = a->value.estimate.likely;
        y = b->estimate.likely;
    } else if (a->value.text) {
        return strcmp(a->word, word);
    }
    return (x > y) - (x < y);
}

static bool is_equal(size_t field, const struct one *one, const char *word,
    const struct datum *value)
{
    enum type type = fields[field].type;

    if (*word == '\0' || !one->set)
        return (*word == '\0') == !one->set;
    if (is_set_type(type))
        return has_all(one->word, word) && has_all(word, one->word);
    if (is_text_type(type))
        return strcmp(one->word, word) == 0;
    return compare_values(field, one, word, value) == 0;
}

static bool holds(size_t field, const struct one *one, const char *word)
{
    if (!one->set)
        return false;
    if (is_set_type(fields[field].type))
        return has_all(one->word, word);
    char *text = fold(one->word), *part = fold(word);
    bool found = strstr(text, part) != NULL;
    free(text);
    free(part);
    return found;
}

static bool is_met(
    size_t field, const struct one *one, const char *op, const char *word)
{
    struct datum value = {0};
    struct datum_fault fault;
    bool met = false;

    if (*word)
        (void)!datum_read(field, word, &value, &fault);
    int order = one->set && *word && !is_set_type(fields[field].type)
                    ? compare_values(field, one, word, &value)
                    : 0;
    if (strcmp(op, "=") == 0)
        met = is_equal(field, one, word, &value);
    else if (strcmp(op, "!=") == 0)
        met = !is_equal(field, one, word, &value);
    else if (strcmp(op, "~") == 0)
        met = holds(field, one, word);
    else if (one->set)
        met = strcmp(op, "<") == 0    ? order < 0
              : strcmp(op, "<=") == 0 ? order <= 0
              : strcmp(op, ">") == 0  ? order > 0
                                      : order >= 0;
    datum_fini(&value);
    return met;
}

/* The ids of a list, comma between them; the word of an error. */
static char *list_ids(const char *line)
{
    char *got = say(line), *rest = got, *row;
    struct text ids = {0};

    while ((row = strsep(&rest, "\n")) && row[0] == ' ') {
        char *id = value_in(row, "id");

        text_printf(&ids, "%s,", id);
        free(id);
    }
    if (row && strncmp(row, "err", 3) == 0)
        text_puts(&ids, row);
    free(got);
    return text_take(&ids);
}

static void expect(const char *line, const struct text *want)
{
    char *got = list_ids(line);

    ck_assert_msg(strcmp(got, text_peek(want)) == 0, "%s: %s instead of %s",
        line, got, text_peek(want));
    free(got);
}

static void print_condition(
    struct text *line, size_t field, const char *op, const char *word)
{
    text_printf(line, " %s%s", fields[field].word, op);
    word_print(line, word);
}

static const char *const operators[] = {"=", "!=", "<", "<=", ">", ">=", "~"};

static void try_condition(size_t field, const struct all *all, const char *op,
    const char *word, size_t *met)
{
    struct text line = {0}, want = {0};
    const char *kind = kind_row(fields[field].kind)->word;

    text_printf(&line, "list %s fields=id limit=1000", kind);
    print_condition(&line, field, op, word);
    if (type_compares(fields[field].type, op)) {
        for (size_t i = 0; i < all->n; i++)
            if (is_met(field, &all->list[i], op, word)) {
                text_printf(&want, "%s,", all->list[i].id);
                ++*met;
            }
    } else {
        struct text allowed = {0};

        word_print(&allowed, type_operators(fields[field].type));
        text_printf(&want, "err arg field=%s got=", fields[field].word);
        word_print(&want, op);
        text_printf(&want, " allowed=%s # A value is not one of those allowed.",
            allowed.bytes);
        text_fini(&allowed);
    }
    expect(line.bytes, &want);
    text_fini(&line);
    text_fini(&want);
}

START_TEST(every_operator_does_what_it_says_or_is_refused)
{
    size_t field = (size_t)_i;
    struct all all = {0};

    read_all(field, &all);
    ck_assert_uint_gt(all.n, 0);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        bool same = operators[i][0] == '=' || operators[i][0] == '!';
        size_t met = 0;

        for (size_t j = 0; j < all.n; j++)
            if (all.list[j].set)
                try_condition(
                    field, &all, operators[i], all.list[j].word, &met);
        if (same)
            try_condition(field, &all, operators[i], "", &met);
        if (same || !strpbrk(operators[i], "<>"))
            ck_assert(
                met > 0 || !type_compares(fields[field].type, operators[i]));
    }
    free_all(&all);
}
END_TEST

static bool takes_several(size_t field)
{
    enum type type = fields[field].type;

    return !is_set_type(type) && type != TYPE_LINE && type != TYPE_TEXT &&
           (type != TYPE_WORD || fields[field].flags & FIELD_CODE);
}

START_TEST(several_values_are_one_or_the_other_and_keys_are_both)
{
    size_t field = (size_t)_i;
    const char *kind = kind_row(fields[field].kind)->word;
    struct all all = {0};
    const char *words[2] = {NULL, NULL};

    read_all(field, &all);
    for (size_t i = 0; i < all.n && !words[1]; i++)
        if (all.list[i].set &&
            (!words[0] || strcmp(words[0], all.list[i].word) != 0))
            words[words[0] != NULL] = all.list[i].word;
    if (words[1] && takes_several(field))
        for (int no = 0; no < 2; no++) {
            struct text line = {0}, want = {0};

            text_printf(&line, "list %s fields=id limit=1000 %s%s%s,%s", kind,
                fields[field].word, no ? "!=" : "=", words[0], words[1]);
            for (size_t i = 0; i < all.n; i++) {
                const struct one *one = &all.list[i];
                bool either = is_met(field, one, "=", words[0]) ||
                              is_met(field, one, "=", words[1]);

                if (either != (no == 1))
                    text_printf(&want, "%s,", one->id);
            }
            expect(line.bytes, &want);
            text_fini(&line);
            text_fini(&want);
        }
    if (words[1]) {
        struct text line = {0}, want = {0};

        text_printf(&line, "list %s fields=id limit=1000", kind);
        print_condition(&line, field, "!=", words[0]);
        print_condition(&line, field, "!=", words[1]);
        for (size_t i = 0; i < all.n; i++)
            if (is_met(field, &all.list[i], "!=", words[0]) &&
                is_met(field, &all.list[i], "!=", words[1]))
                text_printf(&want, "%s,", all.list[i].id);
        expect(line.bytes, &want);
        text_fini(&line);
        text_fini(&want);
    }
    free_all(&all);
}
END_TEST

/* What has no value comes last, and ids settle the rest. */
static bool stands_before(size_t field, const struct one *a,
    const struct one *b, size_t i, size_t j, bool falling)
{
    int order = 0;

    if (a->set != b->set)
        return a->set;
    if (a->set) {
        order =
            fields[field].type == TYPE_REF || is_set_type(fields[field].type)
                ? 0
                : compare_values(field, a, b->word, &b->value);
        order = falling ? -order : order;
    }
    return order < 0 || (order == 0 && i < j);
}

START_TEST(every_field_can_be_the_order)
{
    size_t field = (size_t)_i;
    enum type type = fields[field].type;
    struct all all = {0};

    read_all(field, &all);
    for (int falling = 0; falling < 2; falling++) {
        struct text line = {0}, want = {0};
        bool done[64] = {false};

        text_printf(&line, "list %s fields=id limit=1000 order-by=%s%s",
            kind_row(fields[field].kind)->word, falling ? "-" : "",
            fields[field].word);
        for (size_t n = 0; n < all.n; n++) {
            size_t best = all.n;

            for (size_t i = 0; i < all.n; i++)
                if (!done[i] &&
                    (best == all.n || stands_before(field, &all.list[i],
                                          &all.list[best], i, best, falling)))
                    best = i;
            done[best] = true;
            text_printf(&want, "%s,", all.list[best].id);
        }
        char *got = list_ids(line.bytes);
        /* References and sets have an order, but none that means anything. */
        if (type == TYPE_REF || is_set_type(type))
            ck_assert_uint_eq(strlen(got), want.len);
        else
            expect(line.bytes, &want);
        free(got);
        text_fini(&line);
        text_fini(&want);
    }
    free_all(&all);
}
END_TEST

START_TEST(every_field_has_values_to_be_tested_with)
{
    struct text missing = {0};
    size_t without = 0;

    for (size_t field = 0; field < FIELD_COUNT; field++) {
        struct all all = {0};
        size_t set = 0;

        read_all(field, &all);
        for (size_t i = 0; i < all.n; i++)
            set += all.list[i].set;
        if (set == 0)
            text_printf(&missing, " %s.%s", kind_row(fields[field].kind)->word,
                fields[field].word);
        without += set < all.n;
        free_all(&all);
    }
    ck_assert_str_eq(text_peek(&missing), "");
    ck_assert_uint_gt(without, FIELD_COUNT / 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/list_matrix");
    TCase *tcase = tcase_create("matrix");

    tcase_add_unchecked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_field_has_values_to_be_tested_with);
    tcase_add_loop_test(
        tcase, every_operator_does_what_it_says_or_is_refused, 0, FIELD_COUNT);
    tcase_add_loop_test(tcase,
        several_values_are_one_or_the_other_and_keys_are_both, 0, FIELD_COUNT);
    tcase_add_loop_test(tcase, every_field_can_be_the_order, 0, FIELD_COUNT);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
