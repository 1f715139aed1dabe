/* SPDX-License-Identifier: Apache-2.0
 *
 * live_screen.c - a few sequences that every terminal of today knows.
 */
#include "client/prompt/live_screen.h"

#include "client/show/cell.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ROWS_PRESET 24
/* Rows that events have at least, with the line above them. */
#define EVENT_ROWS 6

static volatile sig_atomic_t resized, ended;
static sigset_t waiting, was;
static struct termios found;
static struct sigaction old[4];
static const int numbers[] = {SIGWINCH, SIGINT, SIGTERM, SIGHUP};

static void on_signal(int number)
{
    if (number == SIGWINCH)
        resized = 1;
    else
        ended = 1;
}

bool live_screen_possible(void)
{
    const char *terminal = getenv("TERM");

    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && terminal &&
           *terminal && strcmp(terminal, "dumb") != 0;
}

void live_screen_open(void)
{
    const struct sigaction action = {.sa_handler = on_signal};
    struct termios keys;
    sigset_t caught;

    resized = 0;
    ended = 0;
    (void)sigemptyset(&caught);
    for (size_t i = 0; i < 4; i++) {
        (void)sigaddset(&caught, numbers[i]);
        (void)sigaction(numbers[i], &action, &old[i]);
    }
    (void)sigprocmask(SIG_BLOCK, &caught, &was);
    waiting = was;
    for (size_t i = 0; i < 4; i++)
        (void)sigdelset(&waiting, numbers[i]);
    (void)tcgetattr(STDIN_FILENO, &found);
    keys = found;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &keys);
    (void)fputs("\033[?1049h\033[?25l\033[2J", stdout);
    (void)fflush(stdout);
}

void live_screen_close(void)
{
    (void)fputs("\033[?25h\033[?1049l", stdout);
    (void)fflush(stdout);
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
    for (size_t i = 0; i < 4; i++)
        (void)sigaction(numbers[i], &old[i], NULL);
    (void)sigprocmask(SIG_SETMASK, &was, NULL);
}

const sigset_t *live_screen_signals(void)
{
    return &waiting;
}

bool live_screen_wait(int ms)
{
    struct pollfd key = {.fd = STDIN_FILENO, .events = POLLIN};
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000L};

    return ppoll(&key, 1, &time, &waiting) > 0;
}

enum live_wish live_screen_wish(bool ready)
{
    char keys[64];
    ssize_t n = ready ? read(STDIN_FILENO, keys, sizeof keys) : 1;
    enum live_wish wish = LIVE_STAY;

    if (resized) {
        resized = 0;
        wish = LIVE_REDRAW;
    }
    /* A terminal that is gone, or Ctrl-C, Ctrl-D, q. */
    if (ended || n <= 0)
        return LIVE_LEAVE;
    for (ssize_t i = 0; ready && i < n; i++) {
        if (keys[i] == 'q' || keys[i] == 'Q' || keys[i] == 3 || keys[i] == 4)
            return LIVE_LEAVE;
        if (keys[i] == 12)
            wish = LIVE_REDRAW;
    }
    return wish;
}

static void add_cut(
    struct page *page, const struct look *look, const char *line)
{
    struct text cut = {0};

    cell_cut(&cut, line, look->columns);
    page_add(page, text_peek(&cut));
    text_fini(&cut);
}

static void add_rule(struct page *page, const struct look *look)
{
    struct text line = {0};
    struct text styled = {0};

    for (size_t i = 0; i < look->columns; i++)
        text_puts(&line, "─");
    look_put(&styled, look, STYLE_FAINT, text_peek(&line));
    page_add(page, text_peek(&styled));
    text_fini(&line);
    text_fini(&styled);
}

void live_screen_lay_out(struct page *page, const struct look *look,
    size_t rows, const char *title, const struct page *figures,
    const char *status, const struct page *events)
{
    size_t from = page->n;
    size_t room = rows > EVENT_ROWS + 3 ? rows - EVENT_ROWS - 2 : 1;

    add_cut(page, look, title);
    add_cut(page, look, status);
    for (size_t i = 0; i < figures->n && i < room; i++)
        add_cut(page, look, figures->list[i]);
    while (page->n - from > rows)
        free(page->list[--page->n]);
    if (page->n - from < rows)
        add_rule(page, look);
    size_t left = rows - (page->n - from);
    for (size_t i = events->n > left ? events->n - left : 0; i < events->n; i++)
        add_cut(page, look, events->list[i]);
}

void live_screen_draw(const struct look *look, const char *title,
    const struct page *figures, const char *status, const struct page *events)
{
    struct winsize size;
    struct page page = {0};
    size_t rows = ROWS_PRESET;
    bool utf8 = cell_utf8();

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row)
        rows = size.ws_row;
    live_screen_lay_out(&page, look, rows, title, figures, status, events);
    (void)fputs("\033[H", stdout);
    for (size_t i = 0; i < page.n; i++) {
        struct text line = {0};

        if (utf8)
            text_puts(&line, page.list[i]);
        else
            cell_fold(&line, page.list[i]);
        /* A line that fills its row leaves the cursor at its end. */
        (void)fprintf(stdout, "%s\033[2K%s", i ? "\r\n" : "", text_peek(&line));
        text_fini(&line);
    }
    (void)fputs("\033[J", stdout);
    (void)fflush(stdout);
    page_fini(&page);
}
