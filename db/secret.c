/* SPDX-License-Identifier: Apache-2.0
 *
 * secret.c - digests, passwords and tokens by OpenSSL's libcrypto.
 *
 * A failure of the library here (no memory, no randomness) leaves nothing that
 * could be answered honestly, so it stops the program.
 */
#include "db/secret.h"

#include "protocol/base_mem.h"

/* OpenSSL has a type of the name of one of our errors. */
#define ERR_STATE openssl_err_state
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#undef ERR_STATE

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SALT_BYTES  ((size_t)16)
#define HASH_BYTES  ((size_t)32)
#define TOKEN_BYTES ((size_t)32)

/* 32 MiB are what N = 2^15, r = 8 needs; the default bound of the library is
 * just too small for it. */
#define SCRYPT_MEMORY ((uint64_t)64 * 1024 * 1024)

struct scrypt {
    uint64_t n, r, p;
};

static const struct scrypt now_used = {32768, 8, 3};

void secret_random(unsigned char *bytes, size_t len)
{
    INSIST(RAND_bytes(bytes, (int)len) == 1);
}

static void add_hex(struct text *to, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        text_printf(to, "%02x", bytes[i]);
}

/* The value of a hexadecimal digit, 16 for what is none. */
static unsigned hex_value(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (unsigned)(at - digits) : 16;
}

static bool read_hex(const char *hex, unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned high = hex_value(*hex++);
        unsigned low = high < 16 ? hex_value(*hex++) : 16;

        if (low == 16)
            return false;
        bytes[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static void run_scrypt(const char *password, const unsigned char *salt,
    const struct scrypt *cost, unsigned char *hash)
{
    INSIST(EVP_PBE_scrypt(password, strlen(password), salt, SALT_BYTES, cost->n,
               cost->r, cost->p, SCRYPT_MEMORY, hash, HASH_BYTES) == 1);
}

void secret_make(const char *password, struct text *line)
{
    unsigned char salt[SALT_BYTES], hash[HASH_BYTES];

    secret_random(salt, sizeof salt);
    run_scrypt(password, salt, &now_used, hash);
    text_printf(line, "scrypt$%llu$%llu$%llu$", (unsigned long long)now_used.n,
        (unsigned long long)now_used.r, (unsigned long long)now_used.p);
    add_hex(line, salt, sizeof salt);
    text_putc(line, '$');
    add_hex(line, hash, sizeof hash);
    OPENSSL_cleanse(hash, sizeof hash);
}

/* A decimal number that ends at a "$". */
static bool take_number(const char **p, uint64_t *got)
{
    char *end;

    if (**p < '1' || **p > '9')
        return false;
    *got = strtoull(*p, &end, 10);
    if (*end != '$' || *got > 1u << 20)
        return false;
    *p = end + 1;
    return true;
}

static bool read_line(const char *line, struct scrypt *cost,
    unsigned char salt[SALT_BYTES], unsigned char hash[HASH_BYTES])
{
    static const char name[] = "scrypt$";

    if (strncmp(line, name, sizeof name - 1) != 0)
        return false;
    line += sizeof name - 1;
    if (!take_number(&line, &cost->n) || !take_number(&line, &cost->r) ||
        !take_number(&line, &cost->p))
        return false;
    if (128 * cost->n * cost->r > SCRYPT_MEMORY / 2 || cost->p > 64 ||
        (cost->n & (cost->n - 1)) != 0)
        return false;
    if (strlen(line) != 2 * SALT_BYTES + 1 + 2 * HASH_BYTES)
        return false;
    return read_hex(line, salt, SALT_BYTES) && line[2 * SALT_BYTES] == '$' &&
           read_hex(line + 2 * SALT_BYTES + 1, hash, HASH_BYTES);
}

bool secret_check(const char *password, const char *line)
{
    struct scrypt cost = now_used;
    unsigned char salt[SALT_BYTES] = {0};
    unsigned char want[HASH_BYTES] = {0}, got[HASH_BYTES];
    bool known = line != NULL && read_line(line, &cost, salt, want);

    if (!known)
        cost = now_used;
    run_scrypt(password, salt, &cost, got);
    bool same = CRYPTO_memcmp(want, got, sizeof got) == 0;
    OPENSSL_cleanse(got, sizeof got);
    OPENSSL_cleanse(want, sizeof want);
    return known && same;
}

void secret_token(struct text *token)
{
    unsigned char bytes[TOKEN_BYTES];

    secret_random(bytes, sizeof bytes);
    text_puts(token, "dpt_");
    add_hex(token, bytes, sizeof bytes);
    OPENSSL_cleanse(bytes, sizeof bytes);
}

/* Looking the algorithm up costs more than a short digest, so it is done once
 * and kept. */
static EVP_MD *sha256;

static void fetch_sha256(void)
{
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    INSIST(sha256 != NULL);
}

void digest_of(const void *const *parts, const size_t *lens, size_t n,
    unsigned char digest[DIGEST_BYTES])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    INSIST(ctx != NULL);
    INSIST(pthread_once(&once, fetch_sha256) == 0);
    INSIST(EVP_DigestInit_ex(ctx, sha256, NULL) == 1);
    for (size_t i = 0; i < n; i++)
        INSIST(EVP_DigestUpdate(ctx, parts[i], lens[i]) == 1);
    INSIST(EVP_DigestFinal_ex(ctx, digest, NULL) == 1);
    EVP_MD_CTX_free(ctx);
}
