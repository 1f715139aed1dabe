/* SPDX-License-Identifier: Apache-2.0
 *
 * reload.c - files read on a thread of libuv's pool, since the loop waits for
 * no disk.
 */
#include "server/admin/reload.h"

#include "protocol/base_mem.h"
#include "server/net/selfcert.h"
#include "server/net/tls_client.h"

#include <string.h>

static enum err ask_clients(
    const struct config *config, struct tls_context *context, struct text *why)
{
    const struct tls_client_files files = {
        .ca = config_word(config, SETTING_CLIENT_CA),
        .crl = config_word(config, SETTING_CLIENT_CRL),
        .require = strcmp(config_word(config, SETTING_MTLS), "require") == 0};

    return tls_client_ask(context, &files, why);
}

enum err reload_certificate(const char *folder, const struct config *config,
    struct tls_context **made, struct text *why)
{
    struct text cert = {0};
    struct text key = {0};
    enum err err = ERR_OK;

    if (config_word(config, SETTING_CERT) != NULL) {
        text_puts(&cert, config_word(config, SETTING_CERT));
        text_puts(&key, config_word(config, SETTING_KEY));
    } else {
        err = selfcert_ensure(folder, &cert, &key, why);
    }
    if (err == ERR_OK)
        err = tls_context_new(text_peek(&cert), text_peek(&key), made, why);
    if (err == ERR_OK) {
        err = ask_clients(config, *made, why);
        if (err != ERR_OK)
            tls_context_free(made);
    }
    text_fini(&cert);
    text_fini(&key);
    return err;
}

static void run_reload(uv_work_t *work)
{
    struct reload *reload = work->data;
    const struct loop_options *options = reload->options;
    enum err err = options->reread(options->ctx, &reload->config, &reload->why);

    if (err == ERR_OK)
        err = reload_certificate(
            options->folder, reload->config, &reload->context, &reload->why);
    if (err != ERR_OK)
        config_free(&reload->config);
}

static void on_reloaded(uv_work_t *work, int status)
{
    struct reload *reload = work->data;

    (void)status;
    reload->running = false;
    reload->done(reload->ctx);
}

void reload_start(struct reload *reload, uv_loop_t *loop)
{
    if (reload->running)
        return;
    reload->work.data = reload;
    reload->running =
        uv_queue_work(loop, &reload->work, run_reload, on_reloaded) == 0;
}

void reload_fini(struct reload *reload)
{
    config_free(&reload->config);
    tls_context_free(&reload->context);
    text_fini(&reload->why);
}
