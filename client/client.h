/* SPDX-License-Identifier: Apache-2.0
 *
 * client.h - what one run of the client knows: its options, its profile, how
 * it shows things, and the session it holds with the server.
 *
 * Functions of this level answer an exit status; what went wrong has then
 * been said on standard error.
 */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include "client/link/profile.h"
#include "client/link/talk.h"
#include "client/settings.h"
#include "client/show/look.h"

/* Exit statuses that are not those of an answer (err_status). */
enum status {
    STATUS_OK = 0,
    STATUS_USAGE = 64,   /* the command line can not be understood */
    STATUS_INPUT = 66,   /* a file can not be read */
    STATUS_LINK = 69,    /* no link, or it was lost; the same may work later */
    STATUS_UNKNOWN = 74, /* it was lost under a change: outcome not known */
    STATUS_DENIED = 77   /* the profile can be read by others; no password */
};

/* The forms of an answer, as formats.def lists them. */
enum format {
#define FORMAT(id, word, en, fr) FORMAT_##id,
#include "client/show/formats.def"
#undef FORMAT
    FORMAT_COUNT
};

struct client {
    struct settings set;
    struct text profile_path;
    struct profile profile;
    bool own_server; /* the server is the one of the profile */
    struct look look;
    enum format format;
    bool quiet;
    int timeout_ms; /* of silence while an answer is awaited */
    struct talk talk;
    char *user;   /* owned; who is logged in, NULL for nobody */
    char *tender; /* owned; the tender in use, NULL for none */
};

/**
 * client_init - read command line, environment and profile
 *
 * Gives   *client, freed with client_fini whatever is answered
 * Thread  main
 */
int client_init(struct client *client, int argc, char **argv) MUST_USE;

/**
 * client_server - the server in force
 *
 * Gives   HOST:PORT, a string that lives as long as the client
 * Thread  main
 */
const char *client_server(const struct client *client);

/**
 * client_value - an option, or what the profile says instead
 *
 * The profile counts for the server it was made for alone: no token or user
 * goes to another one.
 *
 * Gives   a string that lives as long as the client; NULL for neither
 * Thread  main
 */
const char *client_value(
    const struct client *client, enum option_id option, enum profile_key key);

/**
 * client_link - a link of its own to the server in force
 *
 * Takes   timeout_ms  to connect, shake hands and be greeted
 * Gives   *made
 * Errors  as link_open; *why is grown by a sentence
 * Thread  main; it waits
 */
enum err client_link(const struct client *client, int timeout_ms,
    struct link **made, struct text *why) MUST_USE;

/**
 * client_connect - open the link
 *
 * Gives   client->talk
 * Thread  main; it waits
 */
int client_connect(struct client *client) MUST_USE;

/**
 * client_open - open the link, log in, choose language, tender and format
 *
 * Without token and password nobody is logged in, which is enough for some
 * verbs.
 *
 * Gives   client->talk, client->user and client->tender
 * Thread  main; it waits
 */
int client_open(struct client *client) MUST_USE;

/**
 * client_why - why no answer came, as a sentence
 *
 * Takes   err  of talk_turn, talk_drain or talk_ask
 * Gives   *why grown
 * Thread  main
 */
void client_why(const struct client *client, enum err err, struct text *why);

/**
 * client_lost - say why no answer came
 *
 * Takes   err  of talk_turn, talk_drain or talk_ask
 * Gives   the exit status: STATUS_LINK, or STATUS_UNKNOWN under a change
 * Thread  main
 */
int client_lost(const struct client *client, enum err err);

/**
 * client_refused - say what the server refused
 *
 * Takes   final  an answer of class err
 * Gives   the exit status of it
 * Thread  main
 */
int client_refused(const struct client *client, const struct answer *final);

/**
 * client_refused_at - say which line of a script the server refused
 *
 * Takes   final        an answer of class err
 *         script_line  from 1; 0: it stood in no script
 * Gives   the exit status of it
 * Thread  main
 */
int client_refused_at(const struct client *client, const struct answer *final,
    size_t script_line);

/**
 * client_fini - close the link and free all
 *
 * Gives   *client all zero
 * Thread  main
 */
void client_fini(struct client *client);

#endif
