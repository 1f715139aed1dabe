/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_session - whole sessions without sockets, over a real database.
 *
 * The input is a play, a line a step.  The first byte says what happens: a-d
 * say the rest of the line as owner, editor, scorer or reader and wait for the
 * answer, A-D do not wait, 0-3 say it without its end, e-h end their input,
 * i-l stop or begin to take output, 4-7 come anew, p-s come anew and do not
 * log in, + lets half a minute pass, - waits.  Every line of the server is
 * judged.  A witness of another team must hear nothing of it all.
 *
 * Each input has a team of its own, since making a database takes far longer
 * than playing; every hundred of them the database is verified and made anew.
 * When it is broken they are played again, fewer each time, until the one that
 * did it is found: it need not be the one that the fuzzer shows.
 */
#include "db/admin.h"
#include "protocol/base_mem.h"
#include "tests/fuzz/fuzz.h"
#include "tests/parts/judge.h"
#include "tests/parts/stand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SEATS 4
#define TEAMS 100

struct seat {
    struct session *session;
    struct judge judge;
    bool deaf;
};

struct play {
    struct seat seats[SEATS];
    struct seat witness;
};

static struct stand *stand;
static size_t team;               /* of the input being tried */
static struct text played[TEAMS]; /* what was tried on this database */

/* What was said is judged; a fault is shown with the line it is about. */
static void hear(struct seat *seat)
{
    struct text out = {0};
    struct text where = {0};

    if (seat->session == NULL || seat->deaf)
        return;
    stand_take(seat->session, &out);
    const char *why =
        judge_heard(&seat->judge, text_peek(&out), out.len, &where);
    if (why)
        (void)fprintf(stderr, "%s: %s\n", why, text_peek(&where));
    INSIST(why == NULL);
    text_fini(&out);
    text_fini(&where);
}

static bool has_output(const struct seat *seat)
{
    size_t len = 0;

    if (seat->session && !seat->deaf)
        (void)session_output(seat->session, &len);
    return len > 0;
}

/* Until nothing happens any more: taking output may let a session go on. */
static void settle(struct play *play)
{
    bool more = true;

    while (more) {
        stand_settle(stand);
        more = false;
        for (size_t i = 0; i < SEATS; i++) {
            more |= has_output(&play->seats[i]);
            hear(&play->seats[i]);
        }
        hear(&play->witness);
    }
}

/* When all is quiet every request is answered, and who is gone said so. */
static void check_seat(const struct seat *seat)
{
    static const char reasons[] =
        " quit eof shutdown idle auth login-timeout logout removed revoked "
        "line-too-long heredoc-too-long ";
    struct text word = {0};

    if (seat->session == NULL || seat->deaf)
        return;
    INSIST(session_is_over(seat->session) == seat->judge.grammar.over);
    if (!session_is_over(seat->session)) {
        INSIST(judge_is_even(&seat->judge));
        return;
    }
    text_printf(&word, " %s ", seat->judge.bye);
    INSIST(strstr(reasons, word.bytes) != NULL);
    text_fini(&word);
}

static void feed(struct seat *seat, const char *bytes, size_t len)
{
    if (seat->session == NULL || session_is_over(seat->session) ||
        !session_wants_input(seat->session))
        return;
    judge_sent(&seat->judge, bytes, len);
    session_feed(seat->session, bytes, len);
}

static void log_in(struct seat *seat, size_t number, const char *role)
{
    struct text line = {0};
    struct text user = {0};

    text_printf(&user, "%s-%zu", role, number);
    text_printf(&line, "auth token %s\n", stand_token(stand, user.bytes));
    feed(seat, line.bytes, line.len);
    text_fini(&user);
    text_fini(&line);
}

static void leave(struct seat *seat)
{
    if (seat->session)
        session_free(&seat->session);
    judge_fini(&seat->judge);
    seat->deaf = false;
}

static void come(struct play *play, size_t who, bool known)
{
    static const char *const roles[SEATS] = {
        "owner", "editor", "scorer", "reader"};
    struct seat *seat = &play->seats[who];

    leave(seat);
    stand_session(stand, &seat->session);
    if (known)
        log_in(seat, team, roles[who]);
}

/* A password costs a third of a second, which would be all that is tried. */
static bool is_dear(const char *bytes, size_t len)
{
    static const char *const dear[] = {"login", "plain"};

    for (size_t i = 0; i + 5 <= len; i++)
        for (size_t n = 0; n < sizeof dear / sizeof *dear; n++)
            if (strncasecmp(bytes + i, dear[n], 5) == 0)
                return true;
    return false;
}

static void say(struct play *play, size_t who, const char *bytes, size_t len)
{
    if (!is_dear(bytes, len))
        feed(&play->seats[who], bytes, len);
}

static void say_line(
    struct play *play, size_t who, const char *bytes, size_t len)
{
    struct text line = {0};

    text_add(&line, bytes, len);
    text_putc(&line, '\n');
    say(play, who, line.bytes, line.len);
    text_fini(&line);
}

static void end_input(struct seat *seat)
{
    if (seat->session && !session_is_over(seat->session))
        session_eof(seat->session);
}

/* The number of the letter in a row of SEATS letters; SEATS when outside. */
static size_t letter(char what, char first)
{
    return what >= first && what < first + SEATS ? (size_t)(what - first)
                                                 : SEATS;
}

static void do_step(struct play *play, const char *step, size_t len)
{
    char what = len ? *step : '-';
    size_t who;

    if ((who = letter(what, 'A')) < SEATS)
        say_line(play, who, step + 1, len - 1);
    else if ((who = letter(what, '0')) < SEATS)
        say(play, who, step + 1, len - 1);
    else if ((who = letter(what, 'e')) < SEATS)
        end_input(&play->seats[who]);
    else if ((who = letter(what, 'i')) < SEATS)
        play->seats[who].deaf = !play->seats[who].deaf;
    else if ((who = letter(what, '4')) < SEATS)
        come(play, who, true);
    else if ((who = letter(what, 'p')) < SEATS)
        come(play, who, false);
    else if (what == '+')
        stand_clock(stand, 31000);
    else if ((who = letter(what, 'a')) < SEATS)
        say_line(play, who, step + 1, len - 1);
    if (letter(what, 'a') < SEATS || what == '-')
        settle(play);
}

static void begin(struct play *play)
{
    static const char watch[] = "watch *\n";

    stand_session(stand, &play->witness.session);
    log_in(&play->witness, TEAMS, "owner");
    feed(&play->witness, watch, sizeof watch - 1);
    for (size_t i = 0; i < SEATS; i++)
        come(play, i, true);
    settle(play);
}

static void end(struct play *play)
{
    for (size_t i = 0; i < SEATS; i++)
        play->seats[i].deaf = false;
    settle(play);
    for (size_t i = 0; i < SEATS; i++) {
        check_seat(&play->seats[i]);
        end_input(&play->seats[i]);
    }
    settle(play);
    INSIST(play->witness.judge.events == 0);
    INSIST(play->witness.judge.grammar.answered == 2);
    for (size_t i = 0; i < SEATS; i++) {
        INSIST(session_is_over(play->seats[i].session));
        leave(&play->seats[i]);
    }
    leave(&play->witness);
}

static void play_input(const char *at, size_t len)
{
    struct play play = {0};

    begin(&play);
    while (len > 0) {
        const char *stop = memchr(at, '\n', len);
        size_t step = stop ? (size_t)(stop - at) : len;

        do_step(&play, at, step);
        at += step + (stop != NULL);
        len -= step + (stop != NULL);
    }
    end(&play);
}

static void show_input(const struct text *input)
{
    (void)fputs("the input that breaks the database, in base16: ", stderr);
    for (size_t i = 0; i < input->len; i++)
        (void)fprintf(stderr, "%02x", (unsigned char)input->bytes[i]);
    (void)fputc('\n', stderr);
}

/* Verifies the database and removes it. */
static bool is_sound(bool shown)
{
    struct text report = {0};
    bool sound = admin_check(stand_folder(stand), &report) == ERR_OK;

    if (!sound && shown)
        (void)fputs(text_peek(&report), stderr);
    text_fini(&report);
    stand_free(&stand);
    return sound;
}

/* Whether some of the inputs break a new database. */
static bool breaks(size_t from, size_t n)
{
    stand_new_crowd(&stand, TEAMS + 1);
    for (team = 0; team < n; team++)
        play_input(text_peek(&played[from + team]), played[from + team].len);
    return !is_sound(false);
}

static void find_culprit(void)
{
    size_t from = 0;
    size_t n = TEAMS;

    while (n > 1) {
        if (breaks(from, n / 2)) {
            n /= 2;
        } else {
            from += n / 2;
            n -= n / 2;
        }
    }
    if (breaks(from, 1))
        show_input(&played[from]);
}

static void close_stand(void)
{
    if (stand == NULL)
        return;
    bool sound = is_sound(true);
    if (!sound)
        find_culprit();
    INSIST(sound);
    for (size_t i = 0; i < TEAMS; i++)
        text_fini(&played[i]);
}

static void next_team(void)
{
    if (++team == TEAMS)
        close_stand();
    if (stand == NULL) {
        stand_new_crowd(&stand, TEAMS + 1);
        team = 0;
    }
}

/* The last database is verified before OpenSSL, which was first used for the
 * first one, is cleaned up. */
int LLVMFuzzerInitialize(const int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    stand_new_crowd(&stand, TEAMS + 1);
    (void)atexit(close_stand);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    next_team();
    text_add(&played[team], (const char *)bytes, len);
    play_input((const char *)bytes, len);
    return 0;
}
