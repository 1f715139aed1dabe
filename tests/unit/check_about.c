/* SPDX-License-Identifier: Apache-2.0
 *
 * check_about.c - whoever adds a field that refers to a party, or to something
 * that is about one, says whether it is exported and erased with it.
 */
#include "db/about.h"

#include <check.h>

/* What is about a party: parties, and all kinds that about.def makes so. */
static bool is_about(enum kind kind)
{
    const struct kind_row *row = kind_row(kind);

    if (kind == KIND_PARTY)
        return true;
    for (size_t f = row->first; f < row->first + row->count; f++)
        if (about_of(f) == ABOUT_OWN)
            return true;
    return false;
}

static bool may_refer(const struct field_row *field)
{
    if (field->type != TYPE_REF && field->type != TYPE_REFSET)
        return false;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (is_about((enum kind)kind) &&
            field_takes_kind(field, (enum kind)kind))
            return true;
    return false;
}

START_TEST(every_reference_to_a_party_is_covered)
{
    for (size_t f = 0; f < FIELD_COUNT; f++)
        ck_assert_msg(!may_refer(&fields[f]) || about_of(f) != ABOUT_OTHER,
            "%s.%s needs a row in db/about.def", kind_row(fields[f].kind)->word,
            fields[f].word);
}
END_TEST

START_TEST(no_other_field_is_listed)
{
    for (size_t f = 0; f < FIELD_COUNT; f++)
        ck_assert_msg(may_refer(&fields[f]) || about_of(f) == ABOUT_OTHER,
            "%s.%s refers to no party", kind_row(fields[f].kind)->word,
            fields[f].word);
}
END_TEST

/* A field that makes an object part of a person must not name two of them by
 * accident: what is about a party goes with it. */
START_TEST(what_belongs_to_a_party_is_about_it)
{
    static const size_t own[] = {FIELD_CONTACT_PARTY, FIELD_KNOWS_PARTY,
        FIELD_HABIT_PARTY, FIELD_TOUCH_PARTY, FIELD_PURCHASE_PARTY,
        FIELD_STAKE_PARTY, FIELD_MESSAGE_STAKE, FIELD_LINK_FROM, FIELD_LINK_TO,
        FIELD_NONCLIENT_PARTY, FIELD_NOTE_ON, FIELD_FACT_ON, FIELD_TASK_ON};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        ck_assert_int_eq(about_of(own[i]), ABOUT_OWN);
    ck_assert_int_eq(about_of(FIELD_BID_PARTY), ABOUT_NAMED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("about");
    TCase *all = tcase_create("about");

    tcase_add_test(all, every_reference_to_a_party_is_covered);
    tcase_add_test(all, no_other_field_is_listed);
    tcase_add_test(all, what_belongs_to_a_party_is_about_it);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
