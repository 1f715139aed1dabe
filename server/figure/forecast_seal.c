/* SPDX-License-Identifier: Apache-2.0
 *
 * forecast_seal.c - writes out what is sealed, line by line, and hashes it.
 */
#include "server/figure/forecast_seal.h"

#include "db/secret.h"
#include "protocol/datum.h"
#include "value/model.h"

static const struct datum *value_of(const struct object *o, size_t field)
{
    return &o->values[field_place(field)];
}

static int64_t number_of(const struct object *o, size_t field)
{
    const struct datum *d = value_of(o, field);

    return d->set ? d->number : MODEL_ABSENT;
}

void forecast_read(const struct object *forecast, struct forecast_made *made)
{
    const struct datum *lot = value_of(forecast, FIELD_FORECAST_LOT);
    const struct datum *engine = value_of(forecast, FIELD_FORECAST_ENGINE);

    *made = (struct forecast_made){.lot = lot->set ? (uint64_t)lot->number : 0,
        .chance = number_of(forecast, FIELD_FORECAST_CHANCE),
        .points = number_of(forecast, FIELD_FORECAST_POINTS),
        .lead = number_of(forecast, FIELD_FORECAST_LEAD),
        .price = number_of(forecast, FIELD_FORECAST_PRICE),
        .users = number_of(forecast, FIELD_FORECAST_USERS),
        .seed = number_of(forecast, FIELD_FORECAST_FROM_SEED),
        .draws = number_of(forecast, FIELD_FORECAST_DRAWS),
        .engine = engine->set ? engine->text : ""};
}

static void put_object(struct text *to, const struct object *o)
{
    const struct kind_row *row = kind_row(o->kind);

    id_print(to, o->kind, o->id);
    text_printf(to, " rev=%llu\n", (unsigned long long)o->rev);
    for (size_t i = row->first; i < row->first + row->count; i++) {
        if (!value_of(o, i)->set)
            continue;
        text_printf(to, "%s=", fields[i].word);
        datum_print(to, i, value_of(o, i));
        text_putc(to, '\n');
    }
}

static void put_made(struct text *to, const struct forecast_made *made)
{
    const int64_t numbers[] = {(int64_t)made->lot, made->chance, made->points,
        made->lead, made->price, made->users, made->seed, made->draws};

    text_printf(to, "forecast %s", made->engine);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i] == MODEL_ABSENT)
            text_puts(to, " -");
        else
            text_printf(to, " %lld", (long long)numbers[i]);
    }
    text_putc(to, '\n');
}

void forecast_seal(const struct record *record,
    const struct forecast_made *made, struct text *to)
{
    unsigned char digest[DIGEST_BYTES];
    struct text sealed = {0};

    put_made(&sealed, made);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; kind != KIND_FORECAST && i < record->n[kind]; i++)
            put_object(&sealed, record->list[kind][i]);
    const void *const parts[] = {text_peek(&sealed)};
    const size_t lens[] = {sealed.len};
    digest_of(parts, lens, 1, digest);
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        text_printf(to, "%02x", digest[i]);
    text_fini(&sealed);
}
