/* SPDX-License-Identifier: Apache-2.0
 *
 * account.h - passwords and tokens: login, logout, profile.
 */
#ifndef CLIENT_LINK_ACCOUNT_H
#define CLIENT_LINK_ACCOUNT_H

#include "client/client.h"

/**
 * account_login - log in and keep the token in the profile
 *
 * Gives   an exit status
 * Thread  main; it waits
 */
int account_login(struct client *client) MUST_USE;

/**
 * account_logout - remove the token from the profile
 *
 * Gives   an exit status
 * Thread  main
 */
int account_logout(struct client *client) MUST_USE;

/**
 * account_profile - show what is in force, or set what is given
 *
 * Gives   an exit status
 * Thread  main
 */
int account_profile(struct client *client) MUST_USE;

/**
 * account_password - the password: from a file, or asked for without echo
 *
 * Takes   user  for the question
 *         file  NULL: ask on the terminal
 * Gives   *password, to be wiped and freed with account_wipe
 * Errors  ERR_NONE    the file can not be read
 *         ERR_DENIED  there is no terminal to ask on, or nothing was typed
 *         ERR_ARG     it is no password that can be sent
 *         it has been said
 * Thread  main; it waits for a person
 */
enum err account_password(const struct client *client, const char *user,
    const char *file, struct text *password) MUST_USE;

/**
 * account_enter - send a login with a password and wait for the answer
 *
 * Gives   *got, freed with reply_got_fini
 * Errors  as talk_ask
 * Thread  main; it waits
 */
enum err account_enter(struct client *client, const char *user,
    const struct text *password, struct reply_got *got) MUST_USE;

/**
 * account_wipe - overwrite a secret and free it
 *
 * Gives   *secret all zero
 * Thread  any
 */
void account_wipe(struct text *secret);

#endif
