/* SPDX-License-Identifier: Apache-2.0
 *
 * check_resume.c - a session over several links: what a server hears again
 * after one was lost, and what the person is told.
 */
#include "client/link/resume.h"
#include "client/show/say.h"
#include "tests/unit/fake_server.h"

#include "protocol/base_mem.h"

#define LINKS_MOST 4
#define STEPS_MOST 8

/* What the server does on one link: it waits until so many lines have come
 * on it in all, then says something.  NULL ends the link. */
struct step {
    int lines;
    const char *says;
};

/* A case.  The requests are sent on the first link; then turns are taken
 * until each has had its last word, and the events have come. */
struct course {
    const char *name;
    struct step links[LINKS_MOST][STEPS_MOST];
    const char *requests[6];
    int backs;            /* times that the link is made anew, 0 for once */
    int refuses;          /* waits after which the person gives up; 0: none */
    const char *heard[3]; /* what must stand in what the second link heard */
    const char *unheard;  /* what must not */
    const char *told[3];  /* sentences, in that order */
    const char *asides;   /* events and the like that were shown */
    int status;
};

#define GREETING "hello proto=1 server=test epoch=1\n"
#define IN       "ok user=ann role=owner\n"
#define EVENT(n) "* " #n " 2026-11-21T21:14:03.120Z bid.set B-1 price=5\n"

static const struct course courses[] = {
    {.name = "a change that was made is told from one that was not",
        .links = {{{0, GREETING}, {1, IN}, {3, NULL}},
            {{0, GREETING}, {1, IN}, {3, "ok id=B-1 rev=7 replay=yes\n"},
                {3, "ok id=B-1 rev=9\n"}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5 once=k1\n",
            "@t set B-1 name=a once=k2\n"},
        .heard = {"auth token dpt_x\nset B-1 price=5 once=k1\n"
                  "@t set B-1 name=a once=k2\n"},
        .told = {"connected again as ann", "had been made before",
            "had not been made"}},
    {.name = "settings and watches are put back",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok tender=T-1\n"},
                      {3, "ok watch=1 at=7\n" EVENT(8) EVENT(9)}, {3, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok tender=T-1\n"},
                {3, "ok watch=1 at=9\n"}, {3, EVENT(10)}}},
        .requests = {"auth token dpt_x\n", "use tender=NB\n", "watch NB\n"},
        .heard = {"use tender=\"NB\"\n", "watch NB since=9 epoch=1\n"},
        .told = {"closed the link", "watch 1 on NB goes on behind change 9"},
        .asides = "8 9 10 "},
    {.name = "an event of two watches comes once",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok watch=1 at=7\n"},
                      {3, "ok watch=2 at=7\n"}, {3, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok watch=1 at=9\n" EVENT(8) EVENT(9)},
                {3, "ok watch=2 at=9\n" EVENT(8) EVENT(9) EVENT(10)}}},
        .requests = {"auth token dpt_x\n", "watch NB\n", "watch bid\n"},
        .heard = {"watch NB since=7", "watch bid since=7"},
        .asides = "8 9 10 "},
    {.name = "what is gone is told, watched anew and looked at anew",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok watch=1 at=7\n"}, {2, NULL}},
            {{0, "hello proto=1 server=test epoch=2\n"}, {1, IN},
                {2, "err gone epoch=1\n"}, {3, "ok watch=1 at=5\n"},
                {4, "ok n=0\n"}, {4, EVENT(6)}}},
        .requests = {"auth token dpt_x\n", "watch bid\n"},
        .heard = {"watch bid since=7 epoch=1\nwatch bid\nlist bid\n"},
        .told = {"changes were missed"},
        .asides = "6 "},
    {.name = "a batch is queued again, and committed once",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok batch=1\n"},
                      {3, "ok queued=1\n"}, {4, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok batch=1\n"}, {3, "ok queued=1\n"},
                {4, "  done step=1 id=B-1 rev=8\nok steps=1 at=8 "
                    "replay=yes\n"}}},
        .requests = {"auth token dpt_x\n", "begin\n", "set B-1 price=5\n",
            "commit once=k1\n"},
        .heard = {"begin\nset B-1 price=5\ncommit once=k1\n"},
        .told = {"1 changes are queued again", "sent again: commit",
            "had been made before"}},
    {.name = "what seen stood for is sent as a revision, and not a newer one",
        .links = {{{0, GREETING}, {1, IN},
                      {2, "  bid B-1 rev=5 code=OURS price=5\nok n=1 at=6\n"},
                      {3, "ok watch=1 at=7\n"}, {4, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok watch=1 at=8\n" EVENT(8)},
                {3, "ok id=B-1 rev=6 replay=yes\n"}}},
        .requests = {"auth token dpt_x\n", "show OURS\n", "watch bid\n",
            "set OURS price=6 if=seen once=k1\n"},
        .heard = {"set OURS price=6 if=5 once=k1\n"},
        .asides = "8 "},
    {.name = "so it is in a batch",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok id=B-1 rev=5\n"},
                      {3, "ok batch=1\n"}, {4, "ok queued=1\n"}, {5, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok batch=1\n"}, {3, "ok queued=1\n"},
                {4, "ok steps=1 at=8\n"}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5 once=k0\n",
            "begin\n", "set B-1 price=6 name=\"if=seen\" if=seen\n",
            "commit once=k1\n"},
        .heard = {"begin\nset B-1 price=6 name=\"if=seen\" if=5\n"
                  "commit once=k1\n"}},
    {.name = "an object may be known by the code that it was added with",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok id=B-1 rev=5\n"},
                      {3, "ok id=B-1 rev=6\n"}, {4, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok id=B-1 rev=7\n"}}},
        .requests = {"auth token dpt_x\n", "add bid code=OURS once=k0\n",
            "set OURS price=5 once=k1\n", "set once=k2 OURS price=6 if=seen\n"},
        .heard = {"set once=k2 OURS price=6 if=6\n"}},
    {.name = "or by the one that it was changed by",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok id=B-1 rev=5\n"}, {3, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok id=B-1 rev=7\n"}}},
        .requests = {"auth token dpt_x\n", "@a set OURS price=5 once=k1\n",
            "set OURS price=6 if=seen once=k2\n"},
        .heard = {"set OURS price=6 if=5 once=k2\n"}},
    {.name = "a code that two objects bear stands for neither",
        .links = {{{0, GREETING}, {1, IN},
                      {2, "  bid B-1 rev=5 code=OURS\n  bid B-2 rev=6 "
                          "code=OURS\nok n=2 at=6\n"},
                      {3, NULL}},
            {{0, GREETING}, {1, IN}, {2, "err arg field=if got=seen\n"}}},
        .requests = {"auth token dpt_x\n", "list bid\n",
            "set OURS price=6 if=seen once=k1\n"},
        .heard = {"set OURS price=6 if=seen once=k1\n"}},
    {.name = "a batch with an error in it is not queued again",
        .links = {{{0, GREETING}, {1, IN}, {2, "ok batch=1\n"},
                      {3, "err arg field=price\n"}, {3, NULL}},
            {{0, GREETING}, {1, IN}}},
        .requests = {"auth token dpt_x\n", "begin\n", "set B-1 price=x\n"},
        .unheard = "begin",
        .told = {"it held an error"}},
    {.name = "a change without a key is not sent twice",
        .links = {{{0, GREETING}, {1, IN}, {2, NULL}},
            {{0, GREETING}, {1, IN}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5\n"},
        .unheard = "set",
        .told = {"whether this was made is not known"}},
    {.name = "what was asked is named, and not asked again",
        .links = {{{0, GREETING}, {1, IN}, {2, NULL}},
            {{0, GREETING}, {1, IN}}},
        .requests = {"auth token dpt_x\n", "list bid\n"},
        .unheard = "list",
        .told = {"ask again: list bid"}},
    {.name = "a request that broke the framing is not sent again",
        .links = {{{0, GREETING}, {1, IN}, {2, "bye reason=line-too-long\n"},
                      {2, NULL}},
            {{0, GREETING}, {1, IN}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5 once=k1\n"},
        .unheard = "set",
        .told = {"line-too-long", "whether this was made is not known"}},
    {.name = "a link that is lost again is made again",
        .links = {{{0, GREETING}, {1, IN}, {2, NULL}},
            {{0, GREETING}, {1, NULL}}, {{0, GREETING}, {1, IN}, {2, NULL}},
            {{0, GREETING}, {1, IN}, {2, "ok id=B-1 rev=7 replay=yes\n"}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5 once=k1\n"},
        .backs = 2,
        .told = {"not yet", "sent again", "sent again"}},
    {.name = "who must log in again is told so, and nothing is dropped",
        .links = {{{0, GREETING}, {1, IN}, {2, NULL}},
            {{0, GREETING}, {1, "err auth\n"}, {2, "ok user=ann token=dpt_y\n"},
                {3, "ok id=B-1 rev=7\n"}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5 once=k1\n"},
        .heard = {"login ann secret\nset B-1 price=5 once=k1\n"},
        .told = {"login of ann has expired", "sent again"}},
    {.name = "who gives up under a change is told that its outcome is open",
        .links = {{{0, GREETING}, {1, IN}, {2, NULL}}},
        .requests = {"auth token dpt_x\n", "set B-1 price=5 once=k1\n"},
        .refuses = 1,
        .told = {"whether the last change was made is not known"},
        .status = STATUS_UNKNOWN},
    {.name = "a server that says when it is back is believed",
        .links = {{{0, GREETING}, {1, IN}, {2, "bye reason=shutdown back=4\n"},
                      {2, NULL}},
            {{0, GREETING}, {1, IN}}},
        .requests = {"auth token dpt_x\n", "ping\n"},
        .told = {"shutdown", "(4000..5000)", "connected again"}},
};

static const struct course *course;
static struct text heard_by[LINKS_MOST];

/* Reads until so many lines have come on this link. */
static bool hear(SSL *ssl, struct text *heard, int lines)
{
    char part[4096];
    size_t len;
    int n = 0;

    for (size_t i = 0; i < heard->len; i++)
        n += heard->bytes[i] == '\n';
    while (n < lines && SSL_read_ex(ssl, part, sizeof part, &len) == 1) {
        text_add(heard, part, len);
        for (size_t i = 0; i < len; i++)
            n += part[i] == '\n';
    }
    return n >= lines;
}

static void follow_course(SSL *ssl, int fd)
{
    const struct step *steps = course->links[fake.served];
    struct text *heard = &heard_by[fake.served];

    (void)fd;
    for (int i = 0; i < STEPS_MOST && (i == 0 || steps[i].lines); i++) {
        if (!hear(ssl, heard, steps[i].lines))
            return;
        if (steps[i].says == NULL) {
            (void)SSL_shutdown(ssl);
            return;
        }
        put(ssl, steps[i].says);
    }
    /* Everything was said; the client ends this link. */
    (void)hear(ssl, heard, 1000);
}

struct stage {
    struct client client;
    struct text told, asides;
    int finals, waits;
};

static void on_final(void *ctx, const struct answer *final, const char *line)
{
    struct stage *stage = ctx;

    (void) final;
    (void)line;
    stage->finals++;
}

static void on_again(void *ctx)
{
    (void)ctx;
}

static void on_aside(void *ctx, const struct answer *answer, const char *line)
{
    struct stage *stage = ctx;

    (void)line;
    if (answer->class == ANSWER_EVENT)
        text_printf(&stage->asides, "%llu ", (unsigned long long)answer->seq);
}

static void tell(void *ctx, const char *sentence)
{
    struct stage *stage = ctx;

    text_printf(&stage->told, "%s\n", sentence);
}

/* No time passes; how long it would have been is told. */
static bool pass_time(void *ctx, int ms)
{
    struct stage *stage = ctx;

    if (ms >= 4000 && ms < 5000)
        tell(ctx, "(4000..5000)");
    stage->waits++;
    return course->refuses == 0 || stage->waits < course->refuses;
}

static void ask(void *ctx, const char *line)
{
    struct stage *stage = ctx;
    struct reply_got got;

    ck_assert_int_eq(talk_ask(&stage->client.talk, line, 20000, &got), ERR_OK);
    reply_got_fini(&got);
}

/* Who is asked to log in does so. */
static void log_in(struct stage *stage, struct resume *resume)
{
    const struct talk_hooks hooks = {NULL, on_final, stage, on_again};
    struct talk *talk = &stage->client.talk;

    talk_send(talk, "login ann secret\n", 17, &hooks);
    ck_assert_int_eq(talk_drain(talk, 20000), ERR_OK);
    ck_assert_int_eq(resume_restore(resume), ERR_OK);
    stage->finals--;
}

/* Until all that is wanted has come; gives the status of the way back. */
static int play(struct stage *stage, struct resume *resume, int requests)
{
    struct link_wait wait = {.fd = -1, .timeout_ms = 20000};
    size_t asides = course->asides ? strlen(course->asides) : 0;
    int backs = 0;

    while (stage->finals < requests || backs < 1 || backs < course->backs ||
           stage->asides.len < asides) {
        enum err err = talk_turn(&stage->client.talk, &wait);

        ck_assert_msg(!wait.idle, "%s: nothing comes", course->name);
        if (err == ERR_OK)
            continue;
        int status = resume_back(resume, err);
        if (status != STATUS_OK)
            return status;
        backs++;
        if (resume->waiting)
            log_in(stage, resume);
    }
    return STATUS_OK;
}

static int send_all(struct stage *stage)
{
    const struct talk_hooks hooks = {NULL, on_final, stage, on_again};
    struct talk *talk = &stage->client.talk;
    struct link_wait wait = {.fd = -1, .timeout_ms = 20000};
    int n = 0;

    for (; course->requests[n]; n++) {
        const char *request = course->requests[n];

        talk_send(talk, request, strlen(request), &hooks);
        /* Who is in comes before what is asked. */
        while (n == 0 && talk_open_n(talk))
            ck_assert_int_eq(talk_turn(talk, &wait), ERR_OK);
    }
    return n;
}

static void look_at(const struct stage *stage)
{
    const char *told = text_peek(&stage->told);
    const char *heard = text_peek(&heard_by[1]);

    for (size_t i = 0; i < 3 && course->heard[i]; i++)
        ck_assert_msg(strstr(heard, course->heard[i]) != NULL, "%s: heard %s",
            course->name, heard);
    ck_assert_msg(
        course->unheard == NULL || strstr(heard, course->unheard) == NULL,
        "%s: heard %s", course->name, heard);
    for (size_t i = 0; i < 3 && course->told[i]; i++) {
        const char *at = strstr(told, course->told[i]);

        ck_assert_msg(at != NULL, "%s: no \"%s\" in %s", course->name,
            course->told[i], text_peek(&stage->told));
        told = at + 1;
    }
    if (course->asides)
        ck_assert_str_eq(text_peek(&stage->asides), course->asides);
}

START_TEST(a_session_outlives_its_link)
{
    struct stage stage = {.client.look.columns = 80};
    struct client *client = &stage.client;
    const struct resume_ways ways = {tell, pass_time, ask, &stage, -1};
    struct resume resume;

    course = &courses[_i];
    fake.more = 0;
    while (fake.more + 1 < LINKS_MOST && course->links[fake.more + 1][0].says)
        fake.more++;
    start_server(follow_course, true, TLS1_3_VERSION);
    client->set.value[OPTION_SERVER] = server;
    client->set.value[OPTION_CA] = ca;
    client->timeout_ms = 20000;
    resume_init(&resume, client, &ways);
    client->talk.aside = on_aside;
    client->talk.aside_ctx = &stage;
    ck_assert_int_eq(client_connect(client), STATUS_OK);
    client->user = mem_text("ann");
    int n = send_all(&stage);
    int status = play(&stage, &resume, n);
    talk_fini(&client->talk);
    resume_fini(&resume);
    stop_server();

    ck_assert_int_eq(status, course->status);
    look_at(&stage);
    for (size_t i = 0; i < LINKS_MOST; i++)
        text_fini(&heard_by[i]);
    text_fini(&stage.told);
    text_fini(&stage.asides);
    client_fini(client);
}
END_TEST

static const struct {
    const char *request, *want; /* with KEY where a key is made */
} keyed[] = {
    {"set B-1 price=5\n", "set once=KEY B-1 price=5\n"},
    {"@a  SET B-1 price=5\n", "@a  SET once=KEY B-1 price=5\n"},
    {"note B-1 text=<<END\nset\nEND\n",
        "note once=KEY B-1 text=<<END\nset\nEND\n"},
    {"commit\n", "commit once=KEY\n"},
    {"set B-1 once=mine price=5\n", "set B-1 once=mine price=5\n"},
    {"list bid\n", "list bid\n"},
    {"begin\n", "begin\n"},
    {"frobnicate B-1\n", "frobnicate B-1\n"},
    {"set B-1 name=\"half\n", "set B-1 name=\"half\n"},
};

START_TEST(a_change_gets_a_key_and_nothing_else_does)
{
    struct client client = {0};
    const struct resume_ways ways = {tell, pass_time, ask, NULL, -1};
    struct resume resume;
    struct text request = {0};
    struct text other = {0};

    resume_init(&resume, &client, &ways);
    text_puts(&request, keyed[_i].request);
    text_puts(&other, keyed[_i].request);
    resume_key(&resume, &request);
    resume_key(&resume, &other);

    const char *mark = strstr(keyed[_i].want, "KEY");
    if (mark) {
        size_t at = (size_t)(mark - keyed[_i].want);

        ck_assert_str_ne(request.bytes, other.bytes);
        ck_assert_uint_eq(strspn(request.bytes + at, "0123456789abcdef"), 16);
        memcpy(request.bytes + at, "KEY", 3);
        memmove(request.bytes + at + 3, request.bytes + at + 16,
            strlen(request.bytes + at + 16) + 1);
    }
    ck_assert_str_eq(request.bytes, keyed[_i].want);
    text_fini(&request);
    text_fini(&other);
    resume_fini(&resume);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("resume");
    TCase *tests = tcase_create("resume");
    SRunner *runner = srunner_create(suite);

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_session_outlives_its_link, 0,
        (int)(sizeof courses / sizeof *courses));
    tcase_add_loop_test(tests, a_change_gets_a_key_and_nothing_else_does, 0,
        (int)(sizeof keyed / sizeof *keyed));
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
