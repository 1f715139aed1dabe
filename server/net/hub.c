/* SPDX-License-Identifier: Apache-2.0
 *
 * hub.c - the round before each wait of the loop.
 */
#include "server/net/hub.h"

#include "protocol/base_mem.h"
#include "server/log.h"
#include "server/net/conn.h"

/* Lines about faults of peers in one second. */
#define FAULTS_MOST 20

static void on_awake(uv_idle_t *idle)
{
    (void)idle;
}

/* Serving one connection can mark it again, or others; after a while the loop
 * looks at its sockets in between, without waiting. */
static void on_before_wait(uv_prepare_t *prepare)
{
    struct hub *hub = prepare->data;
    struct conn *conn = NULL;
    size_t rounds = 0;

    hub->turn++;
    while (rounds++ < 1000 && (conn = conn_take_marked(hub)) != NULL)
        conn_serve(conn);
    if (TAILQ_EMPTY(&hub->marked))
        INSIST(uv_idle_stop(&hub->awake) == 0);
    else
        INSIST(uv_idle_start(&hub->awake, on_awake) == 0);
}

void hub_init(struct hub *hub, uv_loop_t *loop, struct engine *engine,
    struct tls_context *context, size_t most)
{
    *hub = (struct hub){.loop = loop, .engine = engine, .context = context};
    TAILQ_INIT(&hub->all);
    TAILQ_INIT(&hub->marked);
    door_new(most, &hub->door);
    INSIST(uv_idle_init(loop, &hub->awake) == 0);
    INSIST(uv_prepare_init(loop, &hub->before_wait) == 0);
    hub->before_wait.data = hub;
    INSIST(uv_prepare_start(&hub->before_wait, on_before_wait) == 0);
}

void hub_fini(struct hub *hub)
{
    INSIST(hub_is_empty(hub));
    door_free(&hub->door);
    tls_context_free(&hub->context);
    uv_close((uv_handle_t *)&hub->awake, NULL);
    uv_close((uv_handle_t *)&hub->before_wait, NULL);
}

void hub_use(struct hub *hub, struct tls_context *context)
{
    tls_context_free(&hub->context);
    hub->context = context;
}

static void for_all(struct hub *hub, void (*what)(struct conn *))
{
    struct conn *next = NULL;

    for (struct conn *conn = TAILQ_FIRST(&hub->all); conn; conn = next) {
        next = conn_next(conn);
        what(conn);
    }
}

void hub_tick(struct hub *hub)
{
    for_all(hub, conn_tick);
    if (hub->unlogged > 0)
        log_event(LOG_UNLOGGED, "n=%zu", hub->unlogged);
    hub->faults = hub->unlogged = 0;
}

void hub_drain(struct hub *hub)
{
    for_all(hub, conn_drain);
}

void hub_cut(struct hub *hub)
{
    for_all(hub, conn_cut);
}

bool hub_is_empty(const struct hub *hub)
{
    return TAILQ_EMPTY(&hub->all);
}

void hub_log_fault(
    struct hub *hub, enum log_id what, const char *address, const char *why)
{
    struct text line = {0};

    if (hub->faults == FAULTS_MOST) {
        hub->unlogged++;
        return;
    }
    hub->faults++;
    log_value(&line, "address", address);
    if (why)
        log_value(&line, "why", why);
    log_words(what, text_peek(&line));
    text_fini(&line);
}
