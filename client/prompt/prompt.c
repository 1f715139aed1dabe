/* SPDX-License-Identifier: Apache-2.0
 *
 * prompt.c - libedit beside a socket.
 *
 * The editor is asked for one line at a time and put away while an answer
 * comes, so that the terminal is in its usual state then.  libedit calls back
 * without a context; the one session of the process is therefore static.
 *
 *   EDITING --line--> WAITING --all answered--> EDITING
 *      |  Ctrl-C: the line is dropped   |  Ctrl-C: EDITING, answers may come
 *      '--Ctrl-D, bye, link lost--------'--> over
 */
#include "client/prompt/prompt.h"

#include "client/link/dial.h"
#include "client/link/resume.h"
#include "client/prompt/past.h"
#include "client/prompt/prompt_help.h"
#include "client/prompt/prompt_local.h"
#include "client/show/cell.h"
#include "client/show/page.h"
#include "client/show/say.h"
#include "client/show/show.h"
#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/words.h"

#include <editline/readline.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define HISTORY_MOST 1000
/* Between two looks whether names for the hint have come. */
#define PENDING_MS 30

static struct prompt {
    struct client *client;
    struct show show;
    struct resume resume;
    struct text history; /* path of the file */
    struct text prompt;  /* as it is shown now */
    struct text unit;    /* a request whose heredoc is not complete */
    struct text end;     /* its end word; empty outside of a heredoc */
    char *line;          /* what was typed, until it is taken */
    char *half;          /* what was being typed when the link was lost */
    bool editing;        /* the editor owns the terminal */
    bool impatient;      /* the answer is not waited for any longer */
    bool over;
} session;

static volatile sig_atomic_t interrupted, ended, resized;

/* The mask of signals while waiting; at all other times those that are caught
 * are blocked, so that none can come between a look and a wait. */
static sigset_t waiting;

/* The terminal as it was found. */
static struct termios found;

static void on_signal(int number)
{
    if (number == SIGINT)
        interrupted = 1;
    else if (number == SIGWINCH)
        resized = 1;
    else
        ended = 1;
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH};
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t caught;

    (void)sigemptyset(&caught);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        (void)sigaddset(&caught, numbers[i]);
        (void)sigaction(numbers[i], &action, NULL);
    }
    (void)sigprocmask(SIG_BLOCK, &caught, &waiting);
}

/* What is typed while an answer comes is shown when the editor is back, once
 * and not twice. */
static void set_echo(bool on)
{
    struct termios now = found;

    if (!on)
        now.c_lflag &= ~(tcflag_t)ECHO;
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
}

static void stop_editing(void)
{
    if (!session.editing)
        return;
    prompt_help_hide(false);
    rl_callback_handler_remove();
    set_echo(false);
    session.editing = false;
}

/* From inside the editor: what was typed, NULL for Ctrl-D. */
static void on_line(char *line)
{
    stop_editing();
    session.line = line;
    session.over = session.over || line == NULL;
    if (line == NULL)
        (void)fputs("\n", stdout);
}

static void start_editing(void)
{
    text_fini(&session.prompt);
    if (session.end.len)
        cell_safe(&session.prompt, session.end.bytes);
    else if (session.client->tender)
        cell_safe(&session.prompt, session.client->tender);
    else
        text_puts(&session.prompt, "diptych");
    text_puts(&session.prompt, "> ");
    session.editing = true;
    session.impatient = false;
    rl_inhibit_completion = session.end.len > 0;
    rl_callback_handler_install(session.prompt.bytes, on_line);
    if (session.half) {
        /* The editor has drawn an empty line by now. */
        rl_insert_text(session.half);
        (void)fputs("\r\033[J", stdout);
        rl_forced_update_display();
        free(session.half);
        session.half = NULL;
    }
}

/* Take the line being typed off the screen: it may fill several rows of it,
 * and the cursor may stand in any of them. */
static void hide_line(void)
{
    struct text before = {0};
    size_t columns = session.client->look.columns;

    text_puts(&before, session.prompt.bytes);
    if (rl_line_buffer)
        text_add(&before, rl_line_buffer, (size_t)rl_point);
    size_t rows = cell_width(before.bytes) / columns;
    text_fini(&before);
    if (rows)
        (void)fprintf(stdout, "\033[%zuA", rows);
    (void)fputs("\r\033[J", stdout);
    prompt_help_hide(true);
}

/* The line with its hint, unless more of it waits to be read. */
static void show_hint(void)
{
    struct pollfd more = {.fd = STDIN_FILENO, .events = POLLIN};

    if (session.editing && session.end.len == 0 && poll(&more, 1, 0) == 0)
        prompt_help_show(session.prompt.bytes);
}

static void on_aside(void *ctx, const struct answer *answer, const char *line)
{
    struct show *show = ctx;

    if (session.editing)
        hide_line();
    show_aside(show, answer, line);
    (void)fflush(stdout);
    if (answer->class == ANSWER_EVENT)
        prompt_help_expire();
    /* The documented way, rl_on_new_line and rl_redisplay, starts a search
     * in libedit. */
    if (session.editing) {
        rl_forced_update_display();
        show_hint();
    }
}

static void drop_line(void)
{
    interrupted = 0;
    if (session.editing) {
        rl_replace_line("", 0);
        stop_editing();
        (void)fputs("^C\n", stdout);
    } else {
        session.impatient = true;
    }
    text_fini(&session.unit);
    text_fini(&session.end);
}

static void take_signals(void)
{
    if (interrupted)
        drop_line();
    if (ended) {
        stop_editing();
        session.over = true;
    }
    if (resized) {
        resized = 0;
        session.client->look.columns = look_columns(STDOUT_FILENO);
        /* Terminals break the line anew; it is drawn again as a whole. */
        if (session.editing)
            hide_line();
        rl_resize_terminal();
        if (session.editing) {
            rl_forced_update_display();
            show_hint();
        }
    }
}

static void send_unit(void)
{
    prompt_help_expire();
    resume_key(&session.resume, &session.unit);
    show_send(&session.show, session.unit.bytes, session.unit.len, 0);
    text_fini(&session.unit);
}

static void take_line(const char *line)
{
    size_t len = strlen(line);
    size_t blank = strspn(line, " \t");

    if (session.end.len) {
        text_printf(&session.unit, "%s\n", line);
        if (strcmp(line, session.end.bytes) == 0) {
            text_fini(&session.end);
            send_unit();
        }
        return;
    }
    if (line[blank] == '\0' || line[blank] == '#')
        return;
    if (!past_is_secret(line)) {
        add_history(line);
        past_add(session.history.bytes, line);
    }
    if (prompt_local(&session.resume, line, &session.unit)) {
        if (session.unit.len)
            send_unit();
        return;
    }
    text_printf(&session.unit, "%s\n", line);
    size_t word = words_heredoc(line, len);
    if (word < len)
        text_puts(&session.end, line + word);
    else
        send_unit();
}

static void remember(const char *line)
{
    add_history(line);
}

static void set_up_editor(void)
{
    static char breaks[] = " \t";

    rl_readline_name = "diptych";
    rl_catch_signals = 0;
    /* libedit looks at the second of these alone, readline at the first. */
    rl_completer_word_break_characters = breaks;
    rl_basic_word_break_characters = breaks;
    (void)rl_initialize();
    using_history();
    stifle_history(HISTORY_MOST);
    past_path(&session.history);
    past_read(session.history.bytes, remember);
}

static void greet(void)
{
    const struct client *client = session.client;
    struct text line = {0};
    struct text safe = {0};

    say(&line, client->look.language, TEXT_PROMPT_HELLO,
        client->user ? client->user
                     : text_of(TEXT_PROMPT_NOBODY, client->look.language),
        client_server(client));
    cell_safe(&safe, text_peek(&line));
    (void)printf("%s\n", text_peek(&safe));
    if (client->user == NULL)
        (void)printf("%s\n", text_of(TEXT_PROMPT_LOGIN, client->look.language));
    text_fini(&line);
    text_fini(&safe);
}

static enum err turn(void)
{
    struct talk *talk = &session.client->talk;

    prompt_help_learn();
    bool quiet = talk_open_n(talk) == 0 || session.impatient;

    if (!session.editing && quiet)
        start_editing();
    (void)fflush(stdout);
    bool pending = session.editing && prompt_help_pending();
    struct link_wait wait = {.fd = session.editing ? STDIN_FILENO : -1,
        .timeout_ms = talk_open_n(talk) ? session.client->timeout_ms : -1,
        .signals = &waiting};
    if (pending)
        wait.timeout_ms = PENDING_MS;
    enum err err = talk_turn(talk, &wait);
    if (err == ERR_OK && wait.idle && pending) {
        prompt_help_hide(false);
        show_hint();
        return ERR_OK;
    }
    if (err == ERR_OK && wait.idle)
        return ERR_BUSY;
    /* An editor that waits for the end of a line would not see that its
     * terminal has gone. */
    if (wait.gone) {
        stop_editing();
        session.over = true;
        return err;
    }
    /* What was typed behind Ctrl-C belongs to the next line. */
    if (err == ERR_OK && wait.ready && session.editing && !interrupted) {
        prompt_help_hide(false);
        rl_callback_read_char();
        show_hint();
    }
    return err;
}

/* The line being typed comes back when the link has. */
static void put_line_away(void)
{
    if (!session.editing)
        return;
    hide_line();
    if (rl_line_buffer && *rl_line_buffer)
        session.half = mem_text(rl_line_buffer);
    stop_editing();
}

static int come_back(enum err err)
{
    put_line_away();
    if (!resume_can(&session.resume))
        return client_lost(session.client, err);
    int status = resume_back(&session.resume, err);
    session.impatient = false;
    return status;
}

static void tell(void *ctx, const char *sentence)
{
    const struct client *client = ctx;
    struct page page = {0};
    struct text line = {0};

    look_put(&line, &client->look, STYLE_MARK, sentence);
    page_wrap(&page, "-- ", text_peek(&line), client->look.columns);
    page_print(&page, stdout);
    page_fini(&page);
    text_fini(&line);
    (void)fflush(stdout);
}

/* A signal ends the wait; only Ctrl-C and the like give up. */
static bool pass_time(void *ctx, int ms)
{
    int64_t until = dial_clock_ms() + ms;

    (void)ctx;
    while (!interrupted && !ended) {
        int64_t left = until - dial_clock_ms();
        struct timespec time = {left / 1000, left % 1000 * 1000000};

        if (left <= 0)
            return true;
        (void)ppoll(NULL, 0, &time, &waiting);
    }
    return false;
}

static void ask_and_show(void *ctx, const char *line)
{
    struct text request = {0};
    struct client *client = ctx;

    text_printf(&request, "%s\n", line);
    show_send(&session.show, request.bytes, request.len, 0);
    (void)!talk_drain(&client->talk, client->timeout_ms);
    text_fini(&request);
}

static void take_typed(void)
{
    char *line = session.line;

    session.line = NULL;
    if (line)
        take_line(line);
    free(line);
}

static int run(void)
{
    struct talk *talk = &session.client->talk;

    while (!session.over) {
        enum err err = turn();

        take_signals();
        take_typed();
        if (err == ERR_OK && session.resume.waiting && session.client->user)
            err = resume_restore(&session.resume);
        if (err == ERR_OK && !talk->bye)
            continue;
        if (talk->bye && !talk_was_left(talk))
            break;
        int status = come_back(err == ERR_OK ? ERR_UNAVAILABLE : err);
        if (status != STATUS_OK)
            return status;
    }
    if (session.end.len)
        complain(session.client->look.language, TEXT_PROMPT_HEREDOC);
    return STATUS_OK;
}

int prompt_run(struct client *client)
{
    const struct resume_ways ways = {.tell = tell,
        .wait = pass_time,
        .ask = ask_and_show,
        .ctx = client,
        .limit_ms = -1};

    session = (struct prompt){.client = client,
        .show = {.client = client,
            .out = stdout,
            .keep_going = true,
            .session = true}};
    resume_init(&session.resume, client, &ways);
    int status = client_open(client);
    if (status != STATUS_OK) {
        resume_fini(&session.resume);
        return status;
    }
    client->talk.aside = on_aside;
    client->talk.aside_ctx = &session.show;
    (void)tcgetattr(STDIN_FILENO, &found);
    catch_signals();
    set_up_editor();
    prompt_help_init(client, &session.resume.token);
    greet();
    status = run();
    stop_editing();
    set_echo(true);
    text_fini(&session.history);
    text_fini(&session.prompt);
    text_fini(&session.unit);
    text_fini(&session.end);
    free(session.half);
    prompt_help_fini();
    resume_fini(&session.resume);
    clear_history();
    return status;
}
