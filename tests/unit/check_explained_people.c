/* SPDX-License-Identifier: Apache-2.0
 *
 * check_explained_people.c - every number about people and the market can be
 * followed by hand: as check_explained.c, of the verbs of stakeholders.
 */
#include "tests/unit/explained_kit.h"

/* What the golden tender lacks for each row to be told. */
static const char *const more[] = {
    "add factor code=PRICE name=Price",
    "add factor code=HOURS name=Hours",
    "add factor code=INFO name=Information",
    "add factor code=ESCORT name=Escort",
    "add curve factor=PRICE party=WE level=2.5",
    "add curve factor=HOURS party=WE level=8",
    "add curve factor=INFO party=WE level=9",
    "add curve factor=ESCORT party=WE level=7",
    "add curve factor=PRICE party=R1 level=7",
    "add curve factor=HOURS party=R1 level=5.3",
    "add curve factor=INFO party=R1 level=3",
    "add curve factor=PRICE party=R2 level=8",
    "add curve factor=HOURS party=R2 level=4",
    "add curve factor=ESCORT party=R2 level=0",
    "add party code=NURSE sort=segment size=201 within=NIGHT",
    "add party code=BAKER sort=segment size=403 overlap=0.25",
    "add party code=SLEEP sort=segment",
    "add nonclient party=NIGHT tier=leaving need=N3 size=1000 factor=HOURS",
    "add nonclient party=BAKER tier=leaving need=N3 factor=HOURS",
    "add nonclient party=NURSE tier=leaving need=N4 factor=HOURS",
    "add nonclient party=CHAIR tier=refusing need=N2 size=300 factor=ESCORT",
    "add nonclient party=SLEEP tier=unexplored",
    "add touch party=AUTH tender=NB given=drawings profits=R2",
    "add party code=SHOP sort=organisation policy=\"two brands\"",
    "add party code=WEB sort=organisation",
    "add stake party=SHOP roles=distributes chooses=listing",
    "add stake party=WEB roles=distributes",
    "add alternative code=STAND sort=other party=WE slot=aisle",
    "add alternative code=THEIRS sort=rival party=R1 slot=aisle",
    "add alternative code=BASKET sort=rival party=R2 slot=aisle",
    "add reach alternative=STAND party=SHOP reachable=yes share=0.5",
    "add reach alternative=THEIRS party=SHOP reachable=yes ease=0.7",
    "add reach alternative=BASKET party=SHOP reachable=yes",
    "add reach alternative=STAND party=WEB reachable=yes",
    "add link from=WE to=SHOP sort=supplies margin=30",
    "add link from=R1 to=SHOP sort=supplies margin=35.5",
    "add link from=SHOP to=NIGHT sort=distributes",
    "add link from=WE to=WEB sort=supplies margin=12",
    "add need code=TURN sort=gain name=sales",
    "add need code=TRUST sort=gain name=credibility",
    "add weighs need=TURN party=SHOP importance=6",
    "add weighs need=TRUST party=SHOP importance=8",
    "add cover need=TURN bid=OURS level=0.55",
    "add cover need=TRUST bid=OURS level=0.9",
    "add cover need=TURN alternative=THEIRS level=0.7",
    "add cover need=TRUST alternative=THEIRS level=0.4",
    "add cover need=TURN alternative=BASKET level=0.9",
    "add party code=DIR sort=person org=AUTH",
    "add party code=CFO sort=person org=AUTH",
    "add party code=EXP sort=person",
    "add party code=GUILD sort=organisation",
    ("add stake party=DIR roles=decides vote=2 power=8 legitimacy=7 urgency=2 "
     "load=alone,must-justify support=-1"),
    "add stake party=CFO roles=decides power=9 load=permanent options=5",
    "add stake party=EXP roles=prescribes voice=consultative urgency=8",
    "add stake party=GUILD roles=represents,decides vote=0.5",
    "add link from=EXP to=DIR sort=influences strength=0.9",
    "add link from=DIR to=EXP sort=trusts strength=0.4",
    "add link from=CFO to=EXP sort=trusts",
    "add link from=EXP to=GUILD sort=trusts strength=0.1",
    "add fact on=DIR statement=busy source=talk valid-until=2026-03-01",
    "add touch party=DIR held=2026-05-02T09:00:00Z channel=call",
    "add touch party=DIR held=2026-03-02T09:00:00Z channel=meeting",
    "add touch party=EXP held=2026-08-02T09:00:00Z channel=meeting",
    "add contact party=DIR channel=phone value=12 valid-until=2026-05-30",
    "add contact party=CFO channel=phone value=13 source=card",
    "add task on=DIR text=drawings due=2026-06-03 owner=ann",
    "add task on=NB text=call due=2026-06-03 owner=ann",
    ("set TO-2 emotion=-3 phase=before"),
    ("set TO-3 emotion=2 phase=before"),
    "add touch party=DIR held=2026-01-02T09:00:00Z emotion=4 phase=during",
    "add purchase party=DIR from=WE bought=2025-04-05",
    "add forecast chance=0.7 outcome=won",
    "add forecast chance=0.75 by=bob",
    "add forecast chance=0.2 by=bob outcome=won",
    "add forecast chance=1",
    "set NB no-award=0.15",
    "set CAB capacity=1000",
    "set RE-2 ease=0.8",
    "add reach alternative=CAB party=NIGHT usage=N1 reachable=yes ease=0.3",
    "add alternative code=NEW sort=offer bid=OURS",
    "add reach alternative=NEW party=NIGHT reachable=yes share=0.6",
    ("set AUTH market=BtoG centralisation=8 scope=national "
     "culture-participation=7.5 channels=web,phone exchange-rhythm=36 "
     "goods-services=3.3"),
    ("add party code=BEST sort=organisation ideal=yes market=BtoG "
     "centralisation=2 channels=web,shop exchange-rhythm=0 goods-services=7"),
    ("add party code=NEXT sort=organisation ideal=yes market=BtoB "
     "exchange-rhythm=7 tier=premium"),
    ("set NB cpv=60112000 procedure=open nature=services estimated-value=500 "
     "money-unit=1000"),
    ("add tender code=DAY state=won buyer=AUTH,R1 cpv=60130000 "
     "procedure=restricted nature=services estimated-value=401 "
     "money-unit=1000"),
    "add criterion sort=price weight=61 tender=DAY price-rule=lowest-ratio",
    "add criterion sort=quality weight=40 tender=DAY",
    "add tender code=SOAP state=lost cpv=33711900 estimated-value=0",
};

static const struct asked asked[] = {
#define ASKED_OF_PEOPLE(line, with, change) {line, with, change},
#define ASKED_OF_TENDER(line, with, change)
#include "tests/unit/explained_asked.def"
#undef ASKED_OF_PEOPLE
#undef ASKED_OF_TENDER
};

static void set_up(void)
{
    set_up_with(more, sizeof more / sizeof *more);
}

START_TEST(every_number_told_is_reached_by_its_explanation)
{
    judge_answer(&asked[_i / 2], _i % 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server/explained_people");
    TCase *all = tcase_create("all");

    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_set_timeout(all, 60);
    tcase_add_loop_test(all, every_number_told_is_reached_by_its_explanation, 0,
        2 * sizeof asked / sizeof *asked);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
