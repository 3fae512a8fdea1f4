/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A page has some thirty fields; more pairs than this in one request are not looked at. */
#define SIM_QUERY_MAX 256

/**
 * SimPair:
 * @name: (owned): decoded
 * @value: (owned): decoded; "" also when there was no equals sign
 */
typedef struct
{
  char *name;
  char *value;
} SimPair;

/**
 * sim_query_parse:
 * @pairs: (element-type SimPair): where to add what was found
 * @text: (nullable): a query or an urlencoded body. Only '&' separates: ';' and ',' belong to the
 *   grammar of keys. '+' is a space, as in any form.
 */
void sim_query_parse (GPtrArray *pairs, const char *text);

/**
 * sim_query_new:
 *
 * Returns: (transfer container) (element-type SimPair): an empty list that owns its pairs
 */
GPtrArray *sim_query_new (void);

/**
 * sim_query_get:
 *
 * Returns: (nullable): the value of the first @name, compared as it stands
 */
const char *sim_query_get (GPtrArray *pairs, const char *name);

/**
 * sim_query_decode:
 *
 * Undoes percent-encoding and '+'. What is no valid escape stays as it is; %00 ends nothing, it
 * stays too.
 *
 * Returns: (transfer full): the bytes, not necessarily UTF-8
 */
char *sim_query_decode (const char *text, gssize length);

/**
 * sim_query_for_log:
 * @query: (nullable): as sent
 * @is_secret: tells by its name whether a value must not be shown
 *
 * Returns: (transfer full) (nullable): @query with the secret values replaced
 */
char *sim_query_for_log (const char *query, gboolean (*is_secret) (const char *name));

G_END_DECLS
