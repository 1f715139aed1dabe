/* SPDX-License-Identifier: Apache-2.0
 *
 * version.h - the version of the server, as hello and --version say it.
 */
#ifndef SERVER_VERSION_H
#define SERVER_VERSION_H

#define SERVER_VERSION "0.1.0"

#endif
