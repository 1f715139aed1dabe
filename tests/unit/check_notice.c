/* SPDX-License-Identifier: Apache-2.0
 *
 * check_notice.c - reading notices: what is refused and where, what is read
 * in spite of odd forms.
 */
#include "client/notice/notice.h"
#include "protocol/base_mem.h"
#include "tests/parts/notice_make.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SPACES                                                                 \
    " xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:"               \
    "CommonBasicComponents-2\""                                                \
    " xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:"               \
    "CommonAggregateComponents-2\""
#define NOTICE(inner) "<ContractNotice" SPACES ">" inner "</ContractNotice>"
#define PROJECT(inner)                                                         \
    NOTICE("<cac:ProcurementProject>" inner "</cac:ProcurementProject>")
#define LOT(inner)                                                             \
    NOTICE("<cac:ProcurementProjectLot>" inner "</cac:ProcurementProjectLot>")

static enum err read_text(
    const char *xml, enum language language, struct notice **made, char **said)
{
    struct text why = {0};
    enum err err = notice_read(xml, strlen(xml), "n.xml", language, made, &why);

    *said = text_take(&why);
    return err;
}

static const struct {
    const char *xml;
    const char *said; /* how the message begins */
} refused[] = {
    {"", "n.xml:1: Document is empty"},
    {"no XML at all", "n.xml:1: Start tag expected"},
    {"<ContractNotice>\n\n<a></b></ContractNotice>",
        "n.xml:3: Opening and ending tag mismatch"},
    {"<ContractNotice>&what;</ContractNotice>",
        "n.xml:1: Entity 'what' not defined"},
    {"<ContractNotice>\xff</ContractNotice>", "n.xml:1: "},
    {"\n<html>\n<body/></html>",
        "n.xml:2: <html> was found where a notice was expected"},
    {"<TED_EXPORT/>", "n.xml:1: <TED_EXPORT> was found where a notice"},
    {"<!DOCTYPE ContractNotice>\n<ContractNotice/>",
        "n.xml:1: a document type (<!DOCTYPE>) was found"},
    {"<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaa\">"
     "<!ENTITY b \"&a;&a;\">]>\n<ContractNotice>&b;</ContractNotice>",
        "n.xml:2: a document type (<!DOCTYPE>) was found"},
    {"<!DOCTYPE x SYSTEM \"http://example.org/x.dtd\"><ContractNotice/>",
        "n.xml:1: a document type (<!DOCTYPE>) was found"},
};

START_TEST(what_is_no_notice_is_refused_and_the_place_is_named)
{
    struct notice *notice = NULL;
    char *said;

    ck_assert_int_eq(
        read_text(refused[_i].xml, LANGUAGE_ENGLISH, &notice, &said), ERR_ARG);
    ck_assert_ptr_null(notice); /* untouched on failure */
    ck_assert_msg(
        strncmp(said, refused[_i].said, strlen(refused[_i].said)) == 0, "%s",
        said);
    free(said);
}
END_TEST

START_TEST(a_refusal_is_told_in_french)
{
    struct notice *notice = NULL;
    char *said;

    ck_assert_int_eq(
        read_text("<html/>", LANGUAGE_FRENCH, &notice, &said), ERR_ARG);
    ck_assert_str_eq(said, "n.xml:1: <html> figure là où un avis était attendu "
                           "(<ContractNotice>, <ContractAwardNotice> ou "
                           "<PriorInformationNotice>)");
    free(said);
}
END_TEST

START_TEST(a_file_that_is_too_large_is_refused_unread)
{
    struct notice *notice = NULL;
    struct text why = {0};

    ck_assert_int_eq(notice_read("", NOTICE_BYTES + 1, "n.xml",
                         LANGUAGE_ENGLISH, &notice, &why),
        ERR_LIMIT);
    ck_assert_ptr_nonnull(strstr(why.bytes, "33554433 bytes"));
    text_fini(&why);
}
END_TEST

/* Elements nested deeper than libxml2 allows. */
START_TEST(a_file_that_is_too_deep_is_refused)
{
    struct text xml = {0};
    struct notice *notice = NULL;
    char *said;

    text_puts(&xml, "<ContractNotice>");
    for (int i = 0; i < 300; i++)
        text_puts(&xml, "<a>");
    for (int i = 0; i < 300; i++)
        text_puts(&xml, "</a>");
    text_puts(&xml, "</ContractNotice>");

    ck_assert_int_eq(
        read_text(xml.bytes, LANGUAGE_ENGLISH, &notice, &said), ERR_ARG);
    ck_assert_ptr_nonnull(strstr(said, "Excessive depth"));
    free(said);
    text_fini(&xml);
}
END_TEST

static const struct {
    const char *xml;
    const char *title; /* its first wording */
} titles[] = {
    {PROJECT("<cbc:Name>plain</cbc:Name>"), "plain"},
    {PROJECT("<cbc:Name>\n  two\t\n words </cbc:Name>"), "two words"},
    {PROJECT("<cbc:Name>cut<!-- x --> here</cbc:Name>"), "cut here"},
    {PROJECT("<cbc:Name><![CDATA[<raw> & ]]>text</cbc:Name>"), "<raw> & text"},
    {PROJECT("<cbc:Name>a&#x85;b&#x7f;c&#9;d</cbc:Name>"), "a b c d"},
    {PROJECT("<cbc:Name>&lt;&amp;&#233;&#x20AC;</cbc:Name>"), "<&é€"},
    {PROJECT("<cbc:Name> \n </cbc:Name>"), NULL},
    {PROJECT("<cbc:Name/>"), NULL},
    {PROJECT("<Name>of no namespace</Name>"), NULL},
    {PROJECT("<cac:Name>of another namespace</cac:Name>"), NULL},
    {PROJECT("<cbc:Names>longer</cbc:Names>"), NULL},
    {"<p:PriorInformationNotice xmlns:p=\"urn:p\" xmlns:y=\"urn:oasis:names:"
     "specification:ubl:schema:xsd:CommonAggregateComponents-2\"><y:"
     "ProcurementProject><Name xmlns=\"urn:oasis:names:specification:ubl:"
     "schema:xsd:CommonBasicComponents-2\">other prefixes</Name></y:"
     "ProcurementProject></p:PriorInformationNotice>",
        "other prefixes"},
};

START_TEST(a_text_is_found_by_namespace_and_its_blanks_are_folded)
{
    struct notice *notice = NULL;
    char *said;
    bool other;

    ck_assert_int_eq(
        read_text(titles[_i].xml, LANGUAGE_ENGLISH, &notice, &said), ERR_OK);
    const char *title = notice_pick(&notice->title, NULL, &other);
    ck_assert_pstr_eq(title, titles[_i].title);
    notice_free(&notice);
    free(said);
}
END_TEST

START_TEST(latin_bytes_are_read_when_the_file_says_so)
{
    struct notice *notice = NULL;
    char *said;
    bool other;

    ck_assert_int_eq(
        read_text("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" PROJECT(
                      "<cbc:Name>caf\xe9</cbc:Name>"),
            LANGUAGE_ENGLISH, &notice, &said),
        ERR_OK);
    ck_assert_str_eq(notice_pick(&notice->title, NULL, &other), "café");
    notice_free(&notice);
    free(said);
}
END_TEST

START_TEST(a_broken_encoding_is_refused_without_a_word_on_stderr)
{
    struct notice *notice = NULL;
    char heard[64];
    char *said;
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    int kept = dup(STDERR_FILENO);
    (void)dup2(ends[1], STDERR_FILENO);
    enum err err = read_text("<?xml version=\"1.0\" encoding=\"EUC-JP\"?>\n"
                             "<ContractNotice>\xa4\xff</ContractNotice>",
        LANGUAGE_ENGLISH, &notice, &said);
    (void)dup2(kept, STDERR_FILENO);
    (void)close(kept);
    (void)close(ends[1]);
    ck_assert_int_eq(err, ERR_ARG);
    ck_assert_int_eq(strncmp(said, "n.xml:", 6), 0);
    ck_assert_int_eq(read(ends[0], heard, sizeof heard), 0);
    (void)close(ends[0]);
    free(said);
}
END_TEST

static const struct {
    const char *language, *words;
    bool other;
} picks[] = {{"FRA", "deux\nfois", false}, {"ENG", "one", false},
    {"DEU", "one", true}, {NULL, "one", false}};

START_TEST(the_wording_of_a_language_is_picked)
{
    struct notice *notice = NULL;
    char *said;
    bool other;

    ck_assert_int_eq(
        read_text(PROJECT("<cbc:Name languageID=\"ENG\">one</cbc:Name>"
                          "<cbc:Name languageID=\"FRA\">deux</cbc:Name>\n"
                          "<cbc:Name languageID=\"FRA\">fois</cbc:Name>"),
            LANGUAGE_ENGLISH, &notice, &said),
        ERR_OK);
    ck_assert_str_eq(notice_pick(&notice->title, picks[_i].language, &other),
        picks[_i].words);
    ck_assert_int_eq(other, picks[_i].other);
    ck_assert_uint_eq(notice->repeated, 1);
    ck_assert_int_eq(notice->repeated_line, 2);
    notice_free(&notice);
    free(said);
}
END_TEST

static const struct {
    const char *xml;
    size_t lots, groups, skipped;
} schemes[] = {
    {LOT("<cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID>"), 1, 0, 0},
    {LOT("<cbc:ID schemeName=\"LotsGroup\">GLO-0001</cbc:ID>"), 1, 1, 0},
    {LOT("<cbc:ID schemeName=\"Part\">PAR-0001</cbc:ID>"), 0, 0, 1},
    {LOT("<cbc:ID>LOT-0001</cbc:ID>"), 1, 0, 0},
    {LOT("<cbc:ID>GLO-0001</cbc:ID>"), 1, 1, 0},
    {LOT("<cbc:ID>1</cbc:ID>"), 0, 0, 1},
    {LOT(""), 1, 0, 0},
};

START_TEST(lots_groups_and_parts_are_told_apart)
{
    struct notice *notice = NULL;
    char *said;

    ck_assert_int_eq(
        read_text(schemes[_i].xml, LANGUAGE_ENGLISH, &notice, &said), ERR_OK);
    ck_assert_uint_eq(notice->lots_n, schemes[_i].lots);
    ck_assert_uint_eq(notice->parts_skipped, schemes[_i].skipped);
    ck_assert(schemes[_i].lots == 0 ||
              notice->lots[0].is_group == (schemes[_i].groups == 1));
    notice_free(&notice);
    free(said);
}
END_TEST

START_TEST(the_notice_id_is_not_just_any_id)
{
    struct notice *notice = NULL;
    char *said;

    ck_assert_int_eq(
        read_text(NOTICE("<cbc:ID>a</cbc:ID>"
                         "<cbc:ID schemeName=\"x\">b</cbc:ID>"
                         "<cbc:ID schemeName=\"notice-id\">c</cbc:ID>"),
            LANGUAGE_ENGLISH, &notice, &said),
        ERR_OK);
    ck_assert_str_eq(notice->id, "c");
    notice_free(&notice);
    free(said);
}
END_TEST

START_TEST(the_digest_is_that_of_the_bytes)
{
    struct notice *notice = NULL;
    char *said;

    ck_assert_int_eq(
        read_text("<ContractNotice/>", LANGUAGE_ENGLISH, &notice, &said),
        ERR_OK);
    /* printf '<ContractNotice/>' | sha256sum */
    ck_assert_str_eq(notice->digest,
        "09b8dfb8a5611d87c53b355ae3ed3949d323bcbd0c01c101e20c3197497f6bc3");
    notice_free(&notice);
    free(said);
}
END_TEST

/* Lines beyond 65535 are the ones that libxml2 loses by default. */
START_TEST(lines_are_counted_beyond_sixteen_bits)
{
    struct text xml = {0};
    struct notice *notice = NULL;
    char *said;

    text_puts(&xml, "<ContractNotice" SPACES ">");
    for (int i = 0; i < 70000; i++)
        text_putc(&xml, '\n');
    text_puts(&xml, "<cac:ProcurementProjectLot><cbc:ID>LOT-0001</cbc:ID>"
                    "</cac:ProcurementProjectLot></ContractNotice>");
    ck_assert_int_eq(
        read_text(xml.bytes, LANGUAGE_ENGLISH, &notice, &said), ERR_OK);
    ck_assert_int_eq(notice->lots[0].line, 70001);
    notice_free(&notice);
    free(said);
    text_fini(&xml);
}
END_TEST

static const struct notice_recipe recipe = {.seed = 40,
    .award = true,
    .lots = 3,
    .groups = 1,
    .criteria = 3,
    .languages = 2,
    .orgs = 5,
    .missing = 10};

START_TEST(a_notice_cut_anywhere_is_refused_with_a_line)
{
    struct made_notice made;

    notice_make(&recipe, &made);
    /* The last line end is not part of the notice. */
    for (size_t len = 0; len + 1 < made.xml.len; len += 97) {
        struct notice *notice = NULL;
        struct text why = {0};

        ck_assert_int_eq(notice_read(made.xml.bytes, len, "n.xml",
                             LANGUAGE_ENGLISH, &notice, &why),
            ERR_ARG);
        ck_assert_int_eq(strncmp(why.bytes, "n.xml:", 6), 0);
        text_fini(&why);
    }
    notice_unmake(&made);
}
END_TEST

START_TEST(spoilt_bytes_never_do_more_than_refuse)
{
    struct made_notice made;
    uint32_t chance = 1;

    notice_make(&recipe, &made);
    for (int round = 0; round < 400; round++) {
        struct notice *notice = NULL;
        struct text why = {0};
        char *copy = mem_copy(made.xml.bytes, made.xml.len);

        for (int i = 0; i < 3; i++) {
            chance = chance * 1664525 + 1013904223;
            copy[(chance >> 8) % made.xml.len] = (char)(chance >> 3);
        }
        enum err err = notice_read(
            copy, made.xml.len, "n.xml", LANGUAGE_ENGLISH, &notice, &why);
        ck_assert(err == ERR_OK || (err == ERR_ARG && why.len > 0));
        notice_free(&notice);
        text_fini(&why);
        free(copy);
    }
    notice_unmake(&made);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

int main(void)
{
    Suite *suite = suite_create("client/notice");
    TCase *read = tcase_create("read");
    tcase_set_timeout(read, 30);
    tcase_add_loop_test(read,
        what_is_no_notice_is_refused_and_the_place_is_named, 0, COUNT(refused));
    tcase_add_test(read, a_refusal_is_told_in_french);
    tcase_add_test(read, a_file_that_is_too_large_is_refused_unread);
    tcase_add_test(read, a_file_that_is_too_deep_is_refused);
    tcase_add_loop_test(read,
        a_text_is_found_by_namespace_and_its_blanks_are_folded, 0,
        COUNT(titles));
    tcase_add_test(read, latin_bytes_are_read_when_the_file_says_so);
    tcase_add_test(read, a_broken_encoding_is_refused_without_a_word_on_stderr);
    tcase_add_loop_test(
        read, the_wording_of_a_language_is_picked, 0, COUNT(picks));
    tcase_add_loop_test(
        read, lots_groups_and_parts_are_told_apart, 0, COUNT(schemes));
    tcase_add_test(read, the_notice_id_is_not_just_any_id);
    tcase_add_test(read, the_digest_is_that_of_the_bytes);
    tcase_add_test(read, lines_are_counted_beyond_sixteen_bits);
    tcase_add_test(read, a_notice_cut_anywhere_is_refused_with_a_line);
    tcase_add_test(read, spoilt_bytes_never_do_more_than_refuse);
    suite_add_tcase(suite, read);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
