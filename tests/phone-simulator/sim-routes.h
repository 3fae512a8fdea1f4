/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/**
 * SimReply:
 * @status: 0 stands for 200
 * @headers: (owned) (nullable): each with its CRLF
 * @html: (owned) (nullable): a page, UTF-8
 * @type: (nullable): of @bytes or @html when it is no HTML
 * @bytes: (owned) (nullable): instead of @html
 * @delay_ms: on top of what every answer takes
 */
typedef struct
{
  guint status;
  char *headers;
  char *html;
  const char *type;
  GBytes *bytes;
  SimFault fault;
  gint64 delay_ms;
} SimReply;

/**
 * SimVisit:
 * @login: who is asking
 * @fields: (element-type SimPair): of query and body together
 * @form: (element-type SimPair): of the body alone
 *
 * One request, as the pages see it.
 */
typedef struct
{
  SimExchange *exchange;
  const SimRequest *request;
  SimLogin login;
  GPtrArray *fields;
  GPtrArray *form;
} SimVisit;

/**
 * sim_routes_handle:
 * @exchange: (transfer full)
 *
 * Faults, login, then the page; reports the request when its answer is ready.
 */
void sim_routes_handle (SimPhone *phone, SimExchange *exchange);

/**
 * sim_routes_fail_next:
 * @mode: what the next request, or the next action URL, suffers
 *
 * Returns: FALSE with @error for an unknown mode
 */
gboolean sim_routes_fail_next (SimPhone *phone, const char *mode, GError **error);

/**
 * sim_routes_faults:
 *
 * Returns: (transfer full): their names, separated by blanks
 */
char *sim_routes_faults (void);

G_END_DECLS
