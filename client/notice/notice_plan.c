/* SPDX-License-Identifier: Apache-2.0
 *
 * notice_plan.c - the requests that an import sends.
 */
#include "client/notice/notice_plan.h"

#include "protocol/base_mem.h"

#include <stdlib.h>

void plan_add(struct notice_plan *plan, long line, const char *request)
{
    plan->steps =
        mem_grow(plan->steps, &plan->room, plan->n + 1, sizeof *plan->steps);
    plan->steps[plan->n++] = (struct plan_step){plan->requests.len, line};
    text_puts(&plan->requests, request);
}

const char *plan_request(
    const struct notice_plan *plan, size_t step, size_t *len)
{
    INSIST(step < plan->n);
    size_t from = plan->steps[step].at;
    size_t end =
        step + 1 < plan->n ? plan->steps[step + 1].at : plan->requests.len;

    *len = end - from;
    return plan->requests.bytes + from;
}

void plan_fini(struct notice_plan *plan)
{
    text_fini(&plan->requests);
    free(plan->steps);
    *plan = (struct notice_plan){0};
}
