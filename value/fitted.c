/* SPDX-License-Identifier: Apache-2.0
 *
 * fitted.c - folds the elements of an offer into one.
 */
#include "value/fitted.h"

#include <stdlib.h>

#include "protocol/base_mem.h"

/* Without a list only what is always in is in. */
static bool is_in(const struct fitted *fitted, const bool *in, size_t element)
{
    return in != NULL ? in[element] : fitted->from->elements[element].always;
}

void fitted_set(struct fitted *fitted, const bool *in, bool price_moves)
{
    const struct model *from = fitted->from;
    size_t n = 0;

    fitted->element =
        (struct model_element){.always = true, .group = MODEL_NOWHERE};
    for (size_t i = 0; i < from->elements_n; i++) {
        const struct model_element *e = &from->elements[i];
        if (is_in(fitted, in, i) && (e->always || price_moves))
            fitted->element.cost += e->cost;
    }
    for (size_t i = 0; i < from->effects_n; i++) {
        if (!is_in(fitted, in, from->effects[i].element))
            continue;
        fitted->effects[n] = from->effects[i];
        fitted->effects[n++].element = 0;
    }
    fitted->model.elements = &fitted->element;
    fitted->model.effects = fitted->effects;
    fitted->model.elements_n = 1;
    fitted->model.effects_n = n;
}

void fitted_init(struct fitted *fitted, const struct model *from)
{
    *fitted = (struct fitted){.model = *from, .from = from};
    fitted->effects = mem_new((from->effects_n + 1) * sizeof *fitted->effects);
    fitted_set(fitted, NULL, false);
}

void fitted_fini(struct fitted *fitted)
{
    free(fitted->effects);
    fitted->effects = NULL;
}
