/* SPDX-License-Identifier: Apache-2.0
 *
 * selfcert.h - a development certificate for a server that was given none.
 *
 * In the data folder stand ca.pem and ca.key, a certificate authority of this
 * server's own, and server.pem and server.key, made with it for localhost,
 * 127.0.0.1 and ::1.  Clients that trust ca.pem go on trusting the server
 * when server.pem is made anew.  The same names as certs/make.sh uses, so
 * that files made by it are found and kept.
 */
#ifndef SERVER_NET_SELFCERT_H
#define SERVER_NET_SELFCERT_H

#include "protocol/base_text.h"
#include "protocol/err.h"

/* Days that what is made is valid, and what must be left of them. */
#define SELFCERT_DAYS      825
#define SELFCERT_CA_DAYS   3650
#define SELFCERT_DAYS_LEFT 14

/**
 * selfcert_ensure - have the four files in a folder
 *
 * Makes what is missing, and makes anew what ends in SELFCERT_DAYS_LEFT days.
 * A server.pem that was not made by the folder's own authority is left alone.
 *
 * Gives   *cert, *key  grown by the names of the files for tls_context_new
 * Errors  ERR_UNAVAILABLE  a file can not be written
 *         ERR_ARG          a file that is there can not be read as what it
 *                          should be, or half of a pair is missing; *why tells
 * Thread  any but the loop
 */
enum err selfcert_ensure(const char *folder, struct text *cert,
    struct text *key, struct text *why) MUST_USE;

#endif
