/* SPDX-License-Identifier: Apache-2.0
 *
 * digest.c - the SHA-256 of bytes, by OpenSSL.
 */
#include "client/link/digest.h"

#include "protocol/base_mem.h"

#include <openssl/evp.h>
#include <stdio.h>

void digest_print(const char *bytes, size_t len, char hex[65])
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned sum_len = 0;

    INSIST(EVP_Digest(bytes, len, sum, &sum_len, EVP_sha256(), NULL) == 1);
    INSIST(sum_len == 32);
    for (unsigned i = 0; i < sum_len; i++)
        (void)snprintf(hex + (size_t)2 * i, 3, "%02x", sum[i]);
}
