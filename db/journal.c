/* SPDX-License-Identifier: Apache-2.0
 *
 * journal.c - writing rows of the journal, and the chain over them.
 *
 * The rows of one changeset wait until all are known, since each carries the
 * last seq of its transaction.  The chain runs over digests, so that values
 * can be wiped from a row and the chain still be verified.
 */
#include "db/inside.h"

#include "protocol/base_mem.h"
#include "protocol/words.h"

#include <stdlib.h>
#include <string.h>

enum err journal_open(
    struct store *store, uint64_t team, struct journal *journal)
{
    sqlite3_stmt *find = store_fixed(store, STATEMENT_TEAM_HEAD);
    bool row;

    sql_bind(find, "i", team);
    enum err err = sql_step(find, &row);
    if (err != ERR_OK || !row)
        return err == ERR_OK ? ERR_NONE : err;
    *journal = (struct journal){.team = team, .head = sql_id(find, 0)};
    INSIST(sqlite3_column_bytes(find, 1) == DIGEST_BYTES);
    memcpy(journal->chain, sqlite3_column_blob(find, 1), DIGEST_BYTES);
    sqlite3_reset(find);
    return ERR_OK;
}

enum err store_chain(
    struct store *store, uint64_t team, uint64_t *seq, struct text *chain)
{
    struct journal journal;
    enum err err = journal_open(store, team, &journal);

    if (err != ERR_OK)
        return err;
    *seq = journal.head;
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        text_printf(chain, "%02x", journal.chain[i]);
    return ERR_OK;
}

uint64_t journal_add(
    struct journal *journal, struct event *event, char *changed)
{
    journal->list = mem_grow(
        journal->list, &journal->room, journal->n + 1, sizeof *journal->list);
    event->shares = 1;
    event->team = journal->team;
    event->seq = ++journal->head;
    struct draft *draft = &journal->list[journal->n++];

    draft->event = event;
    draft->changed = changed;
    return event->seq;
}

/* Every change prints a row, and printf would be a good part of its cost. */
static void add_number(struct text *to, const char *key, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    text_puts(to, key);
    text_putc(to, '=');
    text_add(to, digits + at, sizeof digits - at);
    text_putc(to, ' ');
}

static void add_word(struct text *to, const char *key, const char *word)
{
    text_puts(to, key);
    text_putc(to, '=');
    word_print(to, word);
    text_putc(to, ' ');
}

/* The canonical row; docs/storage.md shows it.  The team is not in it, since
 * its number is that of one server. */
static void print_row(
    struct text *to, const struct event *event, const char *changed)
{
    const char *kind =
        event->kind == KIND_NONE ? "" : kind_row(event->kind)->word;

    add_number(to, "seq", event->seq);
    add_number(to, "tx", event->tx);
    add_number(to, "time", (uint64_t)event->time);
    add_number(to, "session", event->session);
    add_word(to, "author", event->author);
    add_number(to, "tender", event->tender);
    add_word(to, "kind", kind);
    add_number(to, "id", event->id);
    add_word(to, "name", event->name);
    add_word(to, "fields", changed);
    add_word(to, "after", event->after);
    add_word(to, "before", event->before);
}

void journal_digest(const unsigned char salt[16], const struct event *event,
    const char *changed, unsigned char digest[DIGEST_BYTES])
{
    struct text row = {0};

    print_row(&row, event, changed);
    const void *parts[] = {salt, row.bytes};
    const size_t lens[] = {16, row.len};
    digest_of(parts, lens, 2, digest);
    text_fini(&row);
}

void chain_next(unsigned char chain[DIGEST_BYTES], uint64_t seq,
    const unsigned char digest[DIGEST_BYTES])
{
    unsigned char number[8];

    for (int i = 0; i < 8; i++)
        number[i] = (unsigned char)(seq >> (56 - 8 * i));
    const void *parts[] = {chain, number, digest};
    const size_t lens[] = {DIGEST_BYTES, sizeof number, DIGEST_BYTES};
    digest_of(parts, lens, 3, chain);
}

static enum err write_row(
    struct store *store, struct journal *journal, const struct draft *draft)
{
    const struct event *e = draft->event;
    sqlite3_stmt *add = store_fixed(store, STATEMENT_JOURNAL_ADD);
    const char *kind = e->kind == KIND_NONE ? "" : kind_row(e->kind)->word;
    unsigned char salt[16], digest[DIGEST_BYTES];

    secret_random(salt, sizeof salt);
    journal_digest(salt, e, draft->changed, digest);
    chain_next(journal->chain, e->seq, digest);
    sql_bind(add, "iiiiititittttbbb", e->team, e->seq, e->tx, e->time,
        e->session, e->author, e->tender, kind, e->id, e->name, draft->changed,
        e->after, e->before, salt, sizeof salt, digest, sizeof digest,
        journal->chain, sizeof journal->chain);
    return sql_run(add);
}

/* Rows of one tender mostly follow each other, so the last answer is kept. */
static enum err fill_members(struct store *store, struct journal *journal)
{
    uint64_t known = 0;
    const char *members = NULL;

    for (size_t i = 0; i < journal->n; i++) {
        struct event *event = journal->list[i].event;

        if (event->tender != known) {
            enum err err = ERR_OK;

            if (event->tender != 0)
                err = tender_members(
                    store, journal->team, event->tender, &event->members);
            if (err != ERR_OK)
                return err;
            known = event->tender;
            members = event->members;
        } else {
            event->members = mem_text(members);
        }
    }
    return ERR_OK;
}

static void give_events(struct journal *journal, struct events *events)
{
    for (size_t i = 0; i < journal->n; i++) {
        events_add(events, journal->list[i].event);
        journal->list[i].event = NULL;
    }
}

enum err journal_write(
    struct store *store, struct journal *journal, struct events *events)
{
    sqlite3_stmt *move = store_fixed(store, STATEMENT_TEAM_MOVE);
    enum err err = fill_members(store, journal);

    if (journal->n == 0)
        return ERR_OK;
    for (size_t i = 0; i < journal->n && err == ERR_OK; i++) {
        journal->list[i].event->tx = journal->head;
        err = write_row(store, journal, &journal->list[i]);
    }
    if (err != ERR_OK)
        return err;
    sql_bind(move, "iib", journal->team, journal->head, journal->chain,
        sizeof journal->chain);
    err = sql_run(move);
    if (err == ERR_OK && events)
        give_events(journal, events);
    return err;
}

void journal_fini(struct journal *journal)
{
    for (size_t i = 0; i < journal->n; i++) {
        event_drop(&journal->list[i].event);
        free(journal->list[i].changed);
    }
    free(journal->list);
    *journal = (struct journal){0};
}
