/* SPDX-License-Identifier: Apache-2.0
 *
 * live_screen.h - the whole terminal: its other screen, its keys, its size.
 *
 * There is one terminal, so this is one too.
 */
#ifndef CLIENT_PROMPT_LIVE_SCREEN_H
#define CLIENT_PROMPT_LIVE_SCREEN_H

#include "client/show/page.h"

#include <signal.h>

/* As many events as the tallest terminal shows. */
#define LIVE_EVENTS 200

enum live_wish { LIVE_STAY, LIVE_REDRAW, LIVE_LEAVE };

/**
 * live_screen_possible - whether there is a terminal that can do it
 *
 * Gives   false on a pipe, and when TERM is dumb or not set
 * Thread  main
 */
bool live_screen_possible(void);

/**
 * live_screen_open - take the terminal
 *
 * Gives   its other screen, keys one by one, signals caught
 * Thread  main
 */
void live_screen_open(void);

/**
 * live_screen_close - give it back
 *
 * Gives   what it showed before
 * Thread  main
 */
void live_screen_close(void);

/**
 * live_screen_signals - the mask of signals while waiting
 *
 * Gives   a mask that lives for ever
 * Thread  main
 */
const sigset_t *live_screen_signals(void);

/**
 * live_screen_wait - wait for a key or a signal
 *
 * Gives   true when something was typed
 * Thread  main; it waits
 */
bool live_screen_wait(int ms);

/**
 * live_screen_wish - what was typed or signalled
 *
 * Takes   ready  something was typed
 * Gives   what the person wants
 * Thread  main
 */
enum live_wish live_screen_wish(bool ready);

/**
 * live_screen_draw - the whole screen at once
 *
 * Takes   title, status  one line each, safe; status perhaps ""
 *         figures        cut when they do not fit
 *         events         the newest ones fill what is left
 * Gives   output
 * Thread  main
 */
void live_screen_draw(const struct look *look, const char *title,
    const struct page *figures, const char *status, const struct page *events);

/**
 * live_screen_lay_out - the lines of a screen
 *
 * Takes   rows  of the terminal
 * Gives   *page grown by as many lines
 * Thread  any
 */
void live_screen_lay_out(struct page *page, const struct look *look,
    size_t rows, const char *title, const struct page *figures,
    const char *status, const struct page *events);

#endif
