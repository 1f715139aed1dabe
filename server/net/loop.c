/* SPDX-License-Identifier: Apache-2.0
 *
 * loop.c - start, signals, drain and end.
 *
 *   STARTING --listening--> SERVING --SIGTERM--> DRAINING --+
 *                                                           |
 *        STOPPED <--all is closed-- CUTTING <--all have left, 10 s, or
 *                                                a second signal
 *
 * What starts in an order ends in the reverse one.  The engine's threads call
 * back through the wake handle, so they are stopped before it is closed.
 */
#include "server/net/loop.h"

#include "protocol/base_mem.h"
#include "protocol/limit.h"
#include "protocol/types.h"
#include "server/admin/control_socket.h"
#include "server/admin/reload.h"
#include "server/log.h"
#include "server/net/hub.h"
#include "server/net/listener.h"
#include "server/net/notify.h"
#include "server/net/selfcert.h"
#include "server/session/engine.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_MS INT64_C(86400000)

enum loop_state {
    LOOP_STARTING,
    LOOP_SERVING,
    LOOP_DRAINING,
    LOOP_CUTTING,
    LOOP_STOPPED,
    LOOP_STATES
};

#define BIT(state) (1u << (LOOP_##state))

static const unsigned may_follow[LOOP_STATES] = {
    [LOOP_STARTING] = BIT(SERVING),
    [LOOP_SERVING] = BIT(DRAINING),
    [LOOP_DRAINING] = BIT(CUTTING),
    [LOOP_CUTTING] = BIT(STOPPED),
};

static const int signals[] = {SIGTERM, SIGINT, SIGHUP};

#define SIGNALS (sizeof signals / sizeof *signals)

struct server {
    const struct loop_options *options;
    enum loop_state state;
    uv_loop_t loop;
    uv_async_t wake;
    uv_timer_t second;
    uv_prepare_t watch; /* whether the end is reached */
    uv_signal_t signal[SIGNALS];
    struct engine *engine;
    struct hub hub;
    struct listener listener;
    struct listener plain; /* all zero when there is none */
    struct control_socket control;
    uint64_t drain_ms; /* when DRAINING began, on the loop's clock */
    uint64_t fed_ms;   /* when the watchdog was fed, on the loop's clock */
    int64_t warned_ms; /* when the end of the certificate was looked at */
    struct reload reload;
};

static void move_to(struct server *server, enum loop_state state)
{
    INSIST(may_follow[server->state] & (1u << state));
    server->state = state;
}

static int64_t wall_ms(void *ctx)
{
    struct timespec now;

    (void)ctx;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Certificates. */

static void log_certificate(const struct tls_context *context)
{
    struct text until = {0};

    time_print(&until, context->until_ms, false);
    log_event(LOG_CERTIFICATE, "fingerprint=%s until=%s",
        text_peek(&context->fingerprint), text_peek(&until));
    text_fini(&until);
}

static void warn_of_end(struct server *server)
{
    int64_t now = wall_ms(NULL);
    int64_t left = server->hub.context->until_ms - now;

    if (now < server->warned_ms + DAY_MS)
        return;
    server->warned_ms = now;
    if (left < SELFCERT_DAYS_LEFT * DAY_MS)
        log_event(
            LOG_CERTIFICATE_ENDS, "days=%lld", (long long)(left / DAY_MS));
}

static void tell_engine(struct server *server);

/* Settings. */

static void apply_settings(struct server *server, bool all)
{
    const struct config *config = server->options->config;

    config_apply(config, all);
    log_set_level(log_level_find(config_word(config, SETTING_LOG_LEVEL)));
    if (server->engine)
        engine_set_grease(server->engine,
            strcmp(config_word(config, SETTING_GREASE), "on") == 0
                ? uv_hrtime() | 1
                : 0);
}

/* One setting differs from the one in force. */
static void log_setting(void *ctx, enum setting setting, const char *was,
    const char *now, bool taken)
{
    struct text line = {0};

    (void)ctx;
    text_printf(&line, "name=%s", settings[setting].word);
    log_value(&line, "was", was);
    log_value(&line, "now", now);
    log_words(
        taken ? LOG_SETTING_CHANGED : LOG_SETTING_WAITS, text_peek(&line));
    text_fini(&line);
}

static void log_reload_failed(const struct text *why)
{
    struct text line = {0};

    text_puts(&line, "kept=old");
    log_value(&line, "why", text_peek(why));
    log_words(LOG_RELOAD_FAILED, text_peek(&line));
    text_fini(&line);
}

static void on_reloaded(void *ctx)
{
    struct server *server = ctx;
    struct reload *reload = &server->reload;

    if (reload->config == NULL) {
        log_reload_failed(&reload->why);
    } else if (server->state == LOOP_SERVING) {
        config_take(server->options->config, reload->config, log_setting, NULL);
        apply_settings(server, false);
        log_certificate(reload->context);
        hub_use(&server->hub, reload->context);
        reload->context = NULL;
        engine_recheck(server->engine);
        server->warned_ms = 0;
        tell_engine(server);
        log_words(LOG_RELOADED, "");
    }
    reload_fini(reload);
}

/* The end. */

static void start_cut(struct server *server)
{
    move_to(server, LOOP_CUTTING);
    hub_cut(&server->hub);
}

static void start_drain(struct server *server)
{
    move_to(server, LOOP_DRAINING);
    notify_send("STOPPING=1");
    log_event(LOG_DRAINING, "seconds=%zu", LIMIT_NOW(DRAIN_SECONDS));
    server->drain_ms = uv_now(&server->loop);
    listener_stop(&server->listener);
    listener_stop(&server->plain);
    control_socket_stop(&server->control);
    hub_drain(&server->hub);
    engine_drain(server->engine);
}

static void close_handles(struct server *server)
{
    for (size_t i = 0; i < SIGNALS; i++)
        uv_close((uv_handle_t *)&server->signal[i], NULL);
    uv_close((uv_handle_t *)&server->second, NULL);
    uv_close((uv_handle_t *)&server->watch, NULL);
    uv_close((uv_handle_t *)&server->wake, NULL);
}

/* Runs before each wait: the last connection may have left in this turn. */
static void on_watch(uv_prepare_t *watch)
{
    struct server *server = watch->data;

    if (server->state == LOOP_DRAINING &&
        engine_may_cut(server->engine, hub_is_empty(&server->hub),
            (int64_t)(uv_now(&server->loop) - server->drain_ms)))
        start_cut(server);
    if (server->state == LOOP_CUTTING && hub_is_empty(&server->hub)) {
        move_to(server, LOOP_STOPPED);
        engine_free(&server->engine);
        hub_fini(&server->hub);
        close_handles(server);
    }
}

/* Callbacks of the loop. */

static void on_signal(uv_signal_t *handle, int number)
{
    struct server *server = handle->data;

    if (number == SIGHUP && server->state == LOOP_SERVING)
        reload_start(&server->reload, &server->loop);
    else if (number != SIGHUP && server->state == LOOP_SERVING)
        start_drain(server);
    else if (number != SIGHUP && server->state == LOOP_DRAINING)
        start_cut(server);
}

static void tell_engine(struct server *server)
{
    struct engine_outside outside = {
        .certificate_ms = server->hub.context->until_ms};

    door_count(server->hub.door, &outside.connections, &outside.strangers);
    engine_set_outside(server->engine, &outside);
}

/* Half of the time that systemd gives; not while the writer hangs. */
static void feed_watchdog(struct server *server)
{
    uint64_t every = notify_watchdog_us();
    uint64_t now = uv_now(&server->loop);

    if (every == 0 || now < server->fed_ms + every / 2000 ||
        engine_is_stuck(server->engine, every))
        return;
    server->fed_ms = now;
    notify_send("WATCHDOG=1");
}

static void on_second(uv_timer_t *timer)
{
    struct server *server = timer->data;

    if (server->state == LOOP_STOPPED)
        return;
    hub_tick(&server->hub);
    tell_engine(server);
    feed_watchdog(server);
    engine_tick(server->engine);
    warn_of_end(server);
}

static void on_wake(uv_async_t *wake)
{
    struct server *server = wake->data;

    if (server->engine != NULL)
        engine_run(server->engine);
}

static void wake_loop(void *ctx)
{
    struct server *server = ctx;

    (void)uv_async_send(&server->wake);
}

/* The start. */

static void init_handles(struct server *server)
{
    INSIST(uv_loop_init(&server->loop) == 0);
    INSIST(uv_async_init(&server->loop, &server->wake, on_wake) == 0);
    INSIST(uv_timer_init(&server->loop, &server->second) == 0);
    INSIST(uv_prepare_init(&server->loop, &server->watch) == 0);
    server->wake.data = server->second.data = server->watch.data = server;
    for (size_t i = 0; i < SIGNALS; i++) {
        INSIST(uv_signal_init(&server->loop, &server->signal[i]) == 0);
        server->signal[i].data = server;
    }
}

static void start_handles(struct server *server)
{
    /* Writing to a peer that is gone is an error, not a signal. */
    (void)signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < SIGNALS; i++)
        INSIST(uv_signal_start(&server->signal[i], on_signal, signals[i]) == 0);
    INSIST(uv_timer_start(&server->second, on_second, 1000, 1000) == 0);
    INSIST(uv_prepare_start(&server->watch, on_watch) == 0);
}

static void end_loop(struct server *server)
{
    INSIST(uv_run(&server->loop, UV_RUN_DEFAULT) == 0);
    INSIST(uv_loop_close(&server->loop) == 0);
}

/* The server serves without it; who needs it finds the reason in the log. */
static void listen_for_control(struct server *server)
{
    struct text why = {0};
    struct text line = {0};

    if (control_socket_init(&server->control, &server->loop, server->engine,
            server->options->folder, &why) != ERR_OK) {
        log_value(&line, "why", text_peek(&why));
        log_words(LOG_NO_CONTROL, text_peek(&line));
    }
    text_fini(&line);
    text_fini(&why);
}

/* The port without TLS, if one is wanted; it was checked to be of the
 * loopback. */
static enum err listen_plain(
    struct server *server, char *printed, struct text *why)
{
    const char *word = config_word(server->options->config, SETTING_PLAIN);
    struct sockaddr_storage address;

    if (word == NULL)
        return ERR_OK;
    enum err err = address_read(word, &address, why);
    if (err == ERR_OK)
        err = listener_init(
            &server->plain, &server->hub, &address, true, printed, why);
    return err;
}

/* Both ports, or none. */
static enum err listen_all(struct server *server,
    const struct sockaddr_storage *address, char *printed, char *plain,
    struct text *why)
{
    enum err err = listener_init(
        &server->listener, &server->hub, address, false, printed, why);

    if (err != ERR_OK)
        return err;
    err = listen_plain(server, plain, why);
    if (err != ERR_OK)
        listener_stop(&server->listener);
    return err;
}

static void tell_ready(
    const struct server *server, const char *printed, const char *plain)
{
    const struct loop_options *options = server->options;

    if (*plain) {
        options->ready(options->ctx, "plain", plain);
        log_event(LOG_PLAIN, "address=%s", plain);
    }
    options->ready(options->ctx, "listening", printed);
    log_event(LOG_LISTENING, "address=%s", printed);
    notify_send("READY=1");
}

static enum err start(struct server *server, struct text *why)
{
    const struct loop_options *options = server->options;
    struct engine_hooks hooks = {
        .wake = wake_loop, .now_ms = wall_ms, .ctx = server};
    struct tls_context *context = NULL;
    struct sockaddr_storage address;
    char printed[ADDRESS_ROOM];
    char plain[ADDRESS_ROOM] = "";

    apply_settings(server, true);
    enum err err = address_read(
        config_word(options->config, SETTING_LISTEN), &address, why);
    if (err != ERR_OK)
        return err;
    init_handles(server);
    err = engine_new(options->folder, &hooks, &server->engine, why);
    if (err != ERR_OK)
        goto close_loop;
    apply_settings(server, true);
    err = reload_certificate(options->folder, options->config, &context, why);
    if (err != ERR_OK)
        goto free_engine;
    log_certificate(context);
    hub_init(
        &server->hub, &server->loop, server->engine, context, listener_room());
    err = listen_all(server, &address, printed, plain, why);
    if (err != ERR_OK)
        goto free_hub;

    tell_engine(server);
    start_handles(server);
    listen_for_control(server);
    move_to(server, LOOP_SERVING);
    tell_ready(server, printed, plain);
    if (config_word(options->config, SETTING_CERT) == NULL &&
        !address_is_local(&address))
        log_event(LOG_CERTIFICATE_DEVELOPMENT, "address=%s", printed);
    return ERR_OK;

free_hub:
    hub_fini(&server->hub);
free_engine:
    engine_free(&server->engine);
close_loop:
    close_handles(server);
    end_loop(server);
    return err;
}

enum err loop_run(const struct loop_options *options, struct text *why)
{
    struct server *server = mem_new(sizeof *server);
    struct text met = {0};

    server->options = options;
    server->reload =
        (struct reload){.options = options, .done = on_reloaded, .ctx = server};
    log_start();
    enum err err = start(server, why);
    if (err == ERR_OK) {
        end_loop(server);
        limit_edges(&met);
        if (met.len > 0)
            log_words(LOG_LIMITS_MET, met.bytes);
        log_words(LOG_STOPPED, "");
    }
    text_fini(&met);
    log_stop();
    free(server);
    return err;
}
