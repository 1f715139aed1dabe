/* SPDX-License-Identifier: Apache-2.0
 *
 * check_import_awards.c - award notices imported into a record in memory:
 * bids, partners, awards, and what a team had recorded of rivals before.
 */
#include "tests/parts/import_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* The parts of a result, as XML. */
#define ID(scheme, id) "<cbc:ID schemeName=\"" scheme "\">" id "</cbc:ID>"
#define REF(name, id)  "<efac:" name "><cbc:ID>" id "</cbc:ID></efac:" name ">"
#define AMOUNT(name, currency, number)                                         \
    "<cbc:" name " currencyID=\"" currency "\">" number "</cbc:" name ">"
#define TENDER(id, lot, party, currency, price)                                \
    "<efac:LotTender>" ID("tender", id) "<cac:LegalMonetaryTotal>" AMOUNT(     \
        "PayableAmount", currency,                                             \
        price) "</cac:LegalMonetaryTotal>" REF("TenderingParty", party)        \
        REF("TenderLot", lot)                                                  \
            REF("TenderReference", "Ref " id) "</efac:LotTender>\n"
#define PARTY(id, tenderers)                                                   \
    "<efac:TenderingParty>" ID("tendering-party", id) tenderers                \
        "</efac:TenderingParty>\n"
#define CONTRACT(id, tenders)                                                  \
    "<efac:SettledContract>" ID("contract",                                    \
        id) "<cbc:AwardDate>2027-05-04+02:00</cbc:AwardDate>" tenders          \
            "</efac:SettledContract>\n"
#define RESULT(id, lot, status, inner)                                         \
    "<efac:LotResult>" ID("result", id) "<cbc:TenderResultCode>" status        \
                                        "</cbc:TenderResultCode>" REF(         \
                                            "TenderLot", lot) inner            \
        "</efac:LotResult>\n"

#define OUTCOME                                                                \
    RESULT("RES-1", "LOT-0001", "selec-w",                                     \
        REF("LotTender", "TEN-0001") REF("LotTender", "TEN-0002")              \
            AMOUNT("LowerTenderAmount", "EUR", "90.50"))                       \
    RESULT("RES-2", "LOT-0002", "clos-nw",                                     \
        "<efac:DecisionReason><efbc:DecisionReasonCode>no-rece"                \
        "</efbc:DecisionReasonCode></efac:DecisionReason>")                    \
    CONTRACT("CON-1", REF("LotTender", "TEN-0001"))                            \
    TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "100.00")                   \
    TENDER("TEN-0002", "LOT-0001", "TPA-2", "EUR", "110")                      \
    PARTY("TPA-1", REF("Tenderer", "ORG-0002") REF("Tenderer", "ORG-0003"))    \
    PARTY("TPA-2", REF("Tenderer", "ORG-0004"))

/* The award notice that follows the start. */
static void set_award(struct start *s, struct text *orgs, const char *result)
{
    small_org(orgs, "ORG-0002", "First rival", "R-ONE");
    small_org(orgs, "ORG-0003", "Its partner", "R-TWO");
    small_org(orgs, "ORG-0004", "Second rival", "R-SIX");
    small_org(orgs, "ORG-0005", "A tribunal", "R-TEN");
    s->notice.root = "ContractAwardNotice";
    s->notice.id = "11111111-0000-4000-8000-000000000003";
    s->notice.date = "2027-06-01Z";
    s->notice.orgs = orgs->bytes;
    s->notice.result = result;
}

START_TEST(a_result_becomes_bids_partners_and_awards)
{
    struct fixture f;
    struct start s;
    struct text orgs = {0};

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    set_award(&s, &orgs, OUTCOME);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_said(f.said, "added party 3, bid 2, partner 2, award 2");
    check_field(&f, "B-1", "code", "TEN-0001");
    check_field(&f, "B-1", "party", "P-2");
    check_field(&f, "B-1", "price", "100");
    check_field(&f, "B-1", "state", "admitted");
    check_field(&f, "B-1", "published-ref", "Ref TEN-0001");
    check_field(&f, "PA-1", "role", "lead");
    check_field(&f, "PA-2", "role", "co-contractor");
    check_field(&f, "PA-2", "party", "P-3");
    check_field(&f, "AW-1", "lot", "L-1");
    check_field(&f, "AW-1", "winner", "P-2");
    check_field(&f, "AW-1", "bid", "B-1");
    check_field(&f, "AW-1", "lowest", "90.5");
    check_field(&f, "AW-1", "date", "2027-05-04");
    check_field(&f, "AW-2", "lot", "L-2");
    check_field(&f, "AW-2", "void", "yes");
    check_field(&f, "AW-2", "reason", "no-rece: no bid was received");
    /* Who only reviews takes no part. */
    ck_assert_uint_eq(fake_count(&f.record, KIND_PARTY), 4);
    text_fini(&orgs);
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(a_newer_version_of_the_result_changes_it_in_place)
{
    struct fixture f;
    struct start s;
    struct text orgs = {0};

    set_up(&f);
    set_start(&s);
    set_award(&s, &orgs, OUTCOME);
    import_next(&f, &s.notice);
    s.notice.version = "02";
    s.notice.result =
        RESULT("RES-1", "LOT-0001", "selec-w", REF("LotTender", "TEN-0001"))
            RESULT("RES-2", "LOT-0002", "selec-w", REF("LotTender", "TEN-0003"))
                CONTRACT("CON-1",
                    REF("LotTender", "TEN-0001") REF("LotTender", "TEN-0003"))
                    TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "101")
                        TENDER("TEN-0003", "LOT-0002", "TPA-2", "EUR", "50")
                            PARTY("TPA-1", REF("Tenderer", "ORG-0002"))
                                PARTY("TPA-2", REF("Tenderer", "ORG-0004"));
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "B-1", "price", "101");
    ck_assert_uint_eq(fake_count(&f.record, KIND_AWARD), 2);
    check_field(&f, "AW-1", "price", "101");
    check_field(&f, "AW-2", "void", "");
    check_field(&f, "AW-2", "reason", "");
    check_field(&f, "AW-2", "bid", "B-3");
    text_fini(&orgs);
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(what_a_team_believed_of_a_rival_is_the_same_bid)
{
    struct fixture f;
    struct start s;
    struct text orgs = {0};

    set_up(&f);
    set_start(&s);
    import_next(&f, &s.notice);
    type(&f, "add party code=SIX sort=organisation name=\"Second rival\"");
    type(&f, "add bid tender=T-1 lot=L-1 code=RIV party=SIX price=105 "
             "state=believed");
    set_award(&s, &orgs, OUTCOME);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    ck_assert_uint_eq(fake_count(&f.record, KIND_BID), 2);
    check_field(&f, "B-1", "code", "RIV");
    check_field(&f, "B-1", "price", "105");
    check_field(&f, "B-1", "published-ref", "Ref TEN-0002");
    check_said(f.complained, "B-1 price was changed here");
    check_field(&f, "AW-1", "bid", "B-2");
    text_fini(&orgs);
    end_start(&s);
    tear_down(&f);
}
END_TEST

START_TEST(amounts_of_another_currency_are_told)
{
    struct fixture f;
    struct start s;
    struct text orgs = {0};

    set_up(&f);
    set_start(&s);
    set_award(&s, &orgs,
        RESULT("RES-1", "LOT-0001", "selec-w", REF("LotTender", "TEN-0001"))
            CONTRACT("CON-1", REF("LotTender", "TEN-0001"))
                TENDER("TEN-0001", "LOT-0001", "TPA-1", "GBP", "88")
                    PARTY("TPA-1", REF("Tenderer", "ORG-0002")));
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_field(&f, "T-1", "currency", "EUR");
    check_field(&f, "B-1", "price", "");
    check_field(&f, "AW-1", "price", "88");
    check_field(&f, "AW-1", "currency", "GBP");
    check_said(f.complained, "TEN-0001: price is in GBP, the tender in EUR");
    text_fini(&orgs);
    end_start(&s);
    tear_down(&f);
}
END_TEST

/* Each is a result with one flaw, and what is said of it. */
static const struct {
    const char *result, *said;
    size_t bids, awards;
} flaws[] = {
    {RESULT("RES-1", "LOT-0001", "selec-w", REF("LotTender", "TEN-0001"))
            TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1")
                PARTY("TPA-1", REF("Tenderer", "ORG-0002")),
        "RES-1: a winner was chosen, but no contract names one", 1, 1},
    {RESULT("RES-1", "LOT-0001", "open-nw", ""), "no winner is chosen yet", 0,
        0},
    {RESULT("RES-1", "LOT-0009", "clos-nw", ""), "RES-1 names lot LOT-0009", 0,
        1},
    {TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1"),
        "TEN-0001: no tenderer is named", 0, 0},
    {TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1")
            PARTY("TPA-1", REF("Tenderer", "ORG-0099")),
        "TEN-0001: no tenderer is named", 0, 0},
    {TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1")
            TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "2")
                PARTY("TPA-1", REF("Tenderer", "ORG-0002")),
        "TEN-0001 is defined twice", 1, 0},
    {TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "-1")
            PARTY("TPA-1", REF("Tenderer", "ORG-0002")),
        "TEN-0001: -1 is not a number that price can take", 1, 0},
    {TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1.23456")
            PARTY("TPA-1", REF("Tenderer", "ORG-0002")),
        "TEN-0001: price 1.23456 is rounded to 1.2346", 1, 0},
    {RESULT("RES-1", "LOT-0002", "selec-w", REF("LotTender", "TEN-0001"))
            CONTRACT("CON-1", REF("LotTender", "TEN-0001"))
                TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1")
                    PARTY("TPA-1", REF("Tenderer", "ORG-0002")),
        "RES-1 is of LOT-0002 but names TEN-0001, which is of LOT-0001", 1, 1},
    {RESULT("RES-1", "LOT-0001", "selec-w", REF("LotTender", "TEN-0007"))
            CONTRACT("CON-1", REF("LotTender", "TEN-0007")),
        "RES-1 names tender TEN-0007", 0, 0},
    {TENDER("TEN-0001", "LOT-0001", "TPA-1", "EUR", "1") PARTY(
         "TPA-1", REF("Tenderer", "ORG-0002") REF("Tenderer", "ORG-0002")),
        "TEN-0001: ORG-0002 is named twice", 1, 0},
};

START_TEST(a_flaw_of_the_result_is_told_and_refuses_nothing)
{
    struct fixture f;
    struct start s;
    struct text orgs = {0};

    set_up(&f);
    set_start(&s);
    set_award(&s, &orgs, flaws[_i].result);
    import_next(&f, &s.notice);

    ck_assert_int_eq(f.err, ERR_OK);
    check_said(f.complained, flaws[_i].said);
    ck_assert_uint_eq(fake_count(&f.record, KIND_BID), flaws[_i].bids);
    ck_assert_uint_eq(fake_count(&f.record, KIND_AWARD), flaws[_i].awards);
    ck_assert_uint_eq(fake_count(&f.record, KIND_PARTNER), 0);
    text_fini(&orgs);
    end_start(&s);
    tear_down(&f);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("client/import (awards)");
    TCase *awards = tcase_create("awards");
    tcase_add_test(awards, a_result_becomes_bids_partners_and_awards);
    tcase_add_test(awards, a_newer_version_of_the_result_changes_it_in_place);
    tcase_add_test(awards, what_a_team_believed_of_a_rival_is_the_same_bid);
    tcase_add_test(awards, amounts_of_another_currency_are_told);
    tcase_add_loop_test(awards,
        a_flaw_of_the_result_is_told_and_refuses_nothing, 0,
        (int)(sizeof flaws / sizeof *flaws));
    suite_add_tcase(suite, awards);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
