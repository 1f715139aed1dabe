/* SPDX-License-Identifier: Apache-2.0
 *
 * openssl.h - the headers of OpenSSL, to be included by .c files alone.
 *
 * OpenSSL has a type that is named like one of our errors, ERR_STATE; it goes
 * by another name while its headers are read.
 */
#ifndef SERVER_NET_OPENSSL_H
#define SERVER_NET_OPENSSL_H

#include "protocol/err.h"

#define ERR_STATE OPENSSL_ERR_STATE
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#undef ERR_STATE

#endif
