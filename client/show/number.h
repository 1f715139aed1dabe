/* SPDX-License-Identifier: Apache-2.0
 *
 * number.h - numbers for people, which the server writes as the client does.
 */
#ifndef CLIENT_SHOW_NUMBER_H
#define CLIENT_SHOW_NUMBER_H

#include "protocol/number.h"

#endif
