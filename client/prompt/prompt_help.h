/* SPDX-License-Identifier: Apache-2.0
 *
 * prompt_help.h - completion and hints while a line is typed.
 *
 * There is one line being typed in a process, so this is one too.  The hint
 * stands on the row below the line; whoever writes to the terminal hides it
 * before.
 */
#ifndef CLIENT_PROMPT_PROMPT_HELP_H
#define CLIENT_PROMPT_PROMPT_HELP_H

#include "client/client.h"
#include "client/prompt/vocabulary.h"

/**
 * prompt_help_init - begin with the tables of this program
 *
 * Takes   token  where the token of the session stands
 * Gives   libedit's completion set
 * Thread  main
 */
void prompt_help_init(struct client *client, char *const *token);

/**
 * prompt_help_learn - ask the server what it takes, once somebody is in
 *
 * Gives   requests in flight, unless they were sent before
 * Thread  main
 */
void prompt_help_learn(void);

/**
 * prompt_help_expire - something changed: names are to be asked for anew
 *
 * Gives   the next completion asks the server
 * Thread  main
 */
void prompt_help_expire(void);

/**
 * prompt_help_vocabulary - what is known of the server by now
 *
 * Gives   a vocabulary that lives until the next turn of the talk
 * Thread  main
 */
const struct vocabulary *prompt_help_vocabulary(void);

/**
 * prompt_help_show - the hint for the line as it stands
 *
 * Takes   prompt  as it is shown in front of the line
 * Gives   one row of the terminal below the line; nothing when the cursor is
 *         not at the end of the line, or there is nothing to say
 * Thread  main
 */
void prompt_help_show(const char *prompt);

/**
 * prompt_help_pending - whether the hint may become better by itself
 *
 * Gives   true while names of the line are asked for
 * Thread  main
 */
bool prompt_help_pending(void);

/**
 * prompt_help_hide - take the hint off the terminal
 *
 * Takes   erased  that row is empty already
 * Gives   the cursor where it was
 * Thread  main
 */
void prompt_help_hide(bool erased);

/**
 * prompt_help_fini - forget it all
 *
 * Gives   nothing is known any more
 * Thread  main
 */
void prompt_help_fini(void);

#endif
