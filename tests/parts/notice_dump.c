/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_dump.c - a notice as lines, in the forms that tests compare with.
 */
#include "tests/parts/notice_dump.h"

#include "tests/parts/json_flat.h"

#include <stdio.h>
#include <string.h>

/* A path that grows and shrinks like a stack. */
struct path {
    char name[512];
    struct text *to;
};

static size_t push(struct path *p, const char *key)
{
    size_t len = strlen(p->name);

    (void)snprintf(
        p->name + len, sizeof p->name - len, "%s%s", len ? "/" : "", key);
    return len;
}

static size_t push_index(struct path *p, const char *key, size_t index)
{
    char word[64];

    (void)snprintf(word, sizeof word, "%s/%zu", key, index);
    return push(p, word);
}

static void put(struct path *p, const char *key, const char *value)
{
    size_t len = push(p, key);

    flat_put(p->to, p->name, value);
    p->name[len] = '\0';
}

static void put_ids(
    struct path *p, const char *key, const struct notice_ids *ids)
{
    for (size_t i = 0; i < ids->n; i++) {
        size_t len = push_index(p, key, i);

        flat_put(p->to, p->name, ids->all[i]);
        p->name[len] = '\0';
    }
}

static void put_words(
    struct path *p, const char *key, const struct notice_words *words)
{
    size_t len = push(p, key);

    for (size_t i = 0; i < words->n; i++)
        put(p, words->all[i].language, words->all[i].words);
    p->name[len] = '\0';
}

static void put_amount(
    struct path *p, const char *key, const struct notice_amount *amount)
{
    size_t len = push(p, key);

    put(p, "value", amount->number);
    put(p, "currency", amount->currency);
    p->name[len] = '\0';
}

static const struct notice_org *find_org(
    const struct notice *notice, const char *id)
{
    for (size_t i = 0; i < notice->orgs_n; i++)
        if (notice->orgs[i].id && strcmp(notice->orgs[i].id, id) == 0)
            return &notice->orgs[i];
    return NULL;
}

static void put_orgs(struct path *p, const struct notice *n)
{
    size_t len = push(p, "organizations");

    for (size_t i = 0; i < n->orgs_n; i++) {
        size_t at = push(p, n->orgs[i].id ? n->orgs[i].id : "-");

        put_words(p, "name", &n->orgs[i].name);
        put(p, "country", n->orgs[i].country);
        p->name[at] = '\0';
    }
    p->name[len] = '\0';
    for (size_t i = 0; i < n->buyers.n; i++) {
        const struct notice_org *org = find_org(n, n->buyers.all[i]);
        size_t at = push_index(p, "buyers", i);

        put(p, "org", n->buyers.all[i]);
        if (org) {
            put_words(p, "name", &org->name);
            put(p, "country", org->country);
        }
        p->name[at] = '\0';
    }
}

/* "number-weight" is called "weight" in the expectations. */
static const char *short_list(const char *list)
{
    const char *dash = list ? strchr(list, '-') : NULL;

    return dash ? dash + 1 : "";
}

static void put_criterion(struct path *p, const struct notice_criterion *c)
{
    char block[24];

    (void)snprintf(block, sizeof block, "%zu", c->block);
    put(p, "type", c->sort);
    put_words(p, "name", &c->name);
    put_words(p, "description", &c->description);
    put(p, "group", block);
    for (size_t i = 0; i < c->parameters_n; i++) {
        size_t at = push_index(p, "parameters", i);

        put(p, "kind", short_list(c->parameters[i].list));
        put(p, "code", c->parameters[i].code);
        put(p, "number", c->parameters[i].number);
        p->name[at] = '\0';
    }
}

static void put_lot(struct path *p, const struct notice_lot *lot)
{
    put(p, "id", lot->id);
    put(p, "scheme", lot->is_group ? "LotsGroup" : "Lot");
    put_words(p, "title", &lot->title);
    put_words(p, "description", &lot->description);
    put(p, "cpv", lot->cpv);
    put_amount(p, "estimated", &lot->estimate);
    put(p, "deadline_date", lot->due_date);
    put(p, "deadline_time", lot->due_time);
    for (size_t i = 0; i < lot->criteria_n; i++) {
        size_t at = push_index(p, "criteria", i);

        put_criterion(p, &lot->criteria[i]);
        p->name[at] = '\0';
    }
    put_words(p, "complicated", &lot->formula);
    put_words(p, "order_justification", &lot->order);
}

static void put_lot_result(
    struct path *p, const struct notice_lot_result *result)
{
    put(p, "id", result->id);
    put(p, "lot", result->lot);
    put(p, "result", result->status);
    put(p, "reason", result->reason);
    put_ids(p, "tenders", &result->tenders);
    put_ids(p, "contracts", &result->contracts);
    put_ids(p, "winning_tenders", &result->winners);
    put_amount(p, "lowest", &result->lowest);
    put_amount(p, "highest", &result->highest);
    for (size_t i = 0; i < result->submissions_n; i++) {
        size_t at = push_index(p, "submissions", i);

        put(p, "code", result->submissions[i].code);
        put(p, "n", result->submissions[i].count);
        p->name[at] = '\0';
    }
}

static const char *name_of(const struct notice *n, const char *org_id)
{
    const struct notice_org *org = find_org(n, org_id);
    bool other;

    return org ? notice_pick(&org->name, n->language, &other) : NULL;
}

static const struct notice_ids *tenderers_of(
    const struct notice *n, const struct notice_tender *tender)
{
    static const struct notice_ids none;

    for (size_t i = 0; i < n->result->parties_n; i++) {
        const struct notice_party *party = &n->result->parties[i];

        if (tender->party && party->id && strcmp(party->id, tender->party) == 0)
            return &party->orgs;
    }
    return &none;
}

static void put_tender(
    struct path *p, const struct notice *n, const struct notice_tender *tender)
{
    const struct notice_ids *orgs = tenderers_of(n, tender);

    put(p, "id", tender->id);
    put(p, "ref", tender->reference);
    put(p, "lot", tender->lot);
    put(p, "rank", tender->rank);
    put(p, "ranked", tender->ranked);
    put_amount(p, "value", &tender->value);
    put(p, "party", tender->party);
    for (size_t i = 0; i < orgs->n; i++) {
        size_t at = push_index(p, "tenderer_names", i);

        flat_put(p->to, p->name, name_of(n, orgs->all[i]));
        p->name[at] = '\0';
    }
    put(p, "settled", tender->is_settled ? "true" : "false");
}

static void put_contract(struct path *p, const struct notice_contract *contract)
{
    put(p, "id", contract->id);
    put(p, "ref", contract->reference);
    put(p, "award_date", contract->award_date);
    put(p, "issue_date", contract->issue_date);
    put_ids(p, "tenders", &contract->tenders);
}

static void put_result(struct path *p, const struct notice *n)
{
    const struct notice_result *r = n->result;
    size_t len = push(p, "result");
    size_t at = 0;

    put_amount(p, "total", &r->total);
    for (size_t i = 0; i < r->lots_n; i++, p->name[at] = '\0') {
        at = push_index(p, "lot_results", i);
        put_lot_result(p, &r->lots[i]);
    }
    for (size_t i = 0; i < r->tenders_n; i++, p->name[at] = '\0') {
        at = push_index(p, "tenders", i);
        put_tender(p, n, &r->tenders[i]);
    }
    for (size_t i = 0; i < r->parties_n; i++, p->name[at] = '\0') {
        at = push(p, "parties");
        put_ids(
            p, r->parties[i].id ? r->parties[i].id : "-", &r->parties[i].orgs);
    }
    for (size_t i = 0; i < r->contracts_n; i++, p->name[at] = '\0') {
        at = push_index(p, "contracts", i);
        put_contract(p, &r->contracts[i]);
    }
    p->name[len] = '\0';
}

void dump_flat(const struct notice *n, struct text *to)
{
    struct path path = {.to = to};
    struct path *p = &path;

    put(p, "root", n->root);
    put(p, "notice_id", n->id);
    put(p, "version", n->version);
    put(p, "procedure_id", n->procedure_id);
    put(p, "customization", n->customization);
    put(p, "notice_type", n->type);
    put(p, "form_type", n->form);
    put(p, "subtype", n->subtype);
    put(p, "legal_basis", n->legal_basis);
    put(p, "language", n->language);
    put_ids(p, "extra_languages", &n->languages);
    put(p, "issue_date", n->issue_date);
    put_orgs(p, n);
    put_words(p, "title", &n->title);
    put_words(p, "description", &n->description);
    put(p, "nature", n->nature);
    put(p, "cpv", n->cpv);
    put_amount(p, "estimated", &n->estimate);
    put(p, "procedure_type", n->procedure);
    for (size_t i = 0; i < n->lots_n; i++) {
        size_t at = push_index(p, "lots", i);

        put_lot(p, &n->lots[i]);
        p->name[at] = '\0';
    }
    if (n->result)
        put_result(p, n);
}

static void put_more_of_lot(struct path *p, const struct notice_lot *lot)
{
    put(p, "internal_id", lot->internal_id);
    put(p, "nature", lot->nature);
    put(p, "duration", lot->duration);
    put(p, "duration_unit", lot->duration_unit);
    put(p, "starts", lot->starts);
    put(p, "ends", lot->ends);
    put_ids(p, "members", &lot->members);
}

void dump_more(const struct notice *n, struct text *to)
{
    struct path path = {.to = to};
    struct path *p = &path;
    size_t at = 0;

    (void)push(p, "more");
    put(p, "changes", n->changes);
    put_ids(p, "change_reasons", &n->change_reasons);
    put(p, "internal_id", n->internal_id);
    for (size_t i = 0; i < n->orgs_n; i++, p->name[at] = '\0') {
        at = push_index(p, "orgs", i);
        put(p, "registration", n->orgs[i].registration);
        put(p, "city", n->orgs[i].city);
    }
    for (size_t i = 0; i < n->lots_n; i++, p->name[at] = '\0') {
        at = push_index(p, "lots", i);
        put_more_of_lot(p, &n->lots[i]);
    }
    for (size_t i = 0; n->result && i < n->result->tenders_n;
         i++, p->name[at] = '\0') {
        at = push_index(p, "tenders", i);
        put(p, "variant", n->result->tenders[i].variant);
    }
}

static void put_cell(struct text *to, const char *value, char behind)
{
    if (value == NULL)
        value = "";
    if (strpbrk(value, ",\"\n\r") == NULL) {
        text_puts(to, value);
    } else {
        text_putc(to, '"');
        for (; *value; value++) {
            if (*value == '"')
                text_putc(to, '"');
            text_putc(to, *value);
        }
        text_putc(to, '"');
    }
    text_putc(to, behind);
}

static void put_number(struct text *to, size_t number, char behind)
{
    text_printf(to, "%zu%c", number, behind);
}

static const char *pick(
    const struct notice *n, const struct notice_words *words)
{
    bool other;

    return notice_pick(words, n->language, &other);
}

static void put_criterion_row(const struct notice *n, const char *file,
    const struct notice_lot *lot, size_t at, struct text *to)
{
    const struct notice_criterion *c = &lot->criteria[at];
    static const struct notice_parameter none;
    const struct notice_parameter *p = c->parameters_n ? c->parameters : &none;

    put_cell(to, file, ',');
    put_cell(to, lot->id, ',');
    put_cell(to, lot->is_group ? "LotsGroup" : "Lot", ',');
    put_number(to, at + 1, ',');
    put_cell(to, c->sort, ',');
    put_cell(to, pick(n, &c->name), ',');
    put_cell(to, pick(n, &c->description), ',');
    put_cell(to, short_list(p->list), ',');
    put_cell(to, p->code, ',');
    put_cell(to, p->number, '\n');
}

void dump_criteria(const struct notice *n, const char *file, struct text *to)
{
    for (size_t i = 0; i < n->lots_n; i++)
        for (size_t k = 0; k < n->lots[i].criteria_n; k++)
            put_criterion_row(n, file, &n->lots[i], k, to);
}

void dump_lots(const struct notice *n, const char *file, struct text *to)
{
    for (size_t i = 0; i < n->lots_n; i++) {
        const struct notice_lot *lot = &n->lots[i];

        put_cell(to, file, ',');
        put_cell(to, lot->id, ',');
        put_cell(to, lot->is_group ? "LotsGroup" : "Lot", ',');
        put_cell(to, pick(n, &lot->title), ',');
        put_cell(to, lot->cpv, ',');
        put_cell(to, lot->estimate.number, ',');
        put_cell(to, lot->estimate.currency, ',');
        put_cell(to, lot->due_date, ',');
        put_cell(to, lot->due_time, ',');
        put_number(to, lot->criteria_n, '\n');
    }
}

static void put_tenderers(
    const struct notice *n, const struct notice_tender *tender, struct text *to)
{
    const struct notice_ids *orgs = tenderers_of(n, tender);
    struct text names = {0};

    for (size_t i = 0; i < orgs->n; i++) {
        const char *name = name_of(n, orgs->all[i]);

        text_puts(&names, i ? " + " : "");
        text_puts(&names, name ? name : "");
    }
    put_cell(to, text_peek(&names), '\n');
    text_fini(&names);
}

void dump_tenders(const struct notice *n, const char *file, struct text *to)
{
    for (size_t i = 0; n->result && i < n->result->tenders_n; i++) {
        const struct notice_tender *tender = &n->result->tenders[i];

        put_cell(to, file, ',');
        put_cell(to, tender->lot, ',');
        put_cell(to, tender->id, ',');
        put_cell(to, tender->reference, ',');
        put_cell(to, tender->rank, ',');
        put_cell(to, tender->ranked, ',');
        put_cell(to, tender->value.number, ',');
        put_cell(to, tender->value.currency, ',');
        put_number(to, tender->is_settled, ',');
        put_tenderers(n, tender, to);
    }
}
