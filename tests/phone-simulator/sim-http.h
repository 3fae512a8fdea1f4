/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sim-clock.h"

G_BEGIN_DECLS

/* Bytes of a request's head: six action URLs of seventeen variables in one query stay below. */
#define SIM_HTTP_HEAD_MAX 16384
/* Bytes of a posted form. */
#define SIM_HTTP_BODY_MAX 65536

/* What goes wrong with an answer. */
typedef enum
{
  SIM_FAULT_NONE,
  SIM_FAULT_EMPTY,        /* closed without a byte */
  SIM_FAULT_RESET,        /* the same, as a TCP reset */
  SIM_FAULT_TRUNCATE,     /* closed in the middle of the header */
  SIM_FAULT_NO_LENGTH,    /* no Content-Length, read to the end */
  SIM_FAULT_WRONG_LENGTH, /* more promised than sent */
} SimFault;

typedef struct _SimHttp SimHttp;
typedef struct _SimExchange SimExchange;

/**
 * SimRequest:
 * @target: exactly as sent
 * @path: up to the question mark, decoded
 * @query: (nullable): after it, as sent
 * @headers: (element-type utf8 utf8): names in lower case; of a repeated one the last
 * @address: of the client
 * @secure: came over TLS
 */
typedef struct
{
  char *method;
  char *target;
  char *path;
  char *query;
  GHashTable *headers;
  char *body;
  char *address;
  gboolean secure;
} SimRequest;

/**
 * SimAnswer:
 * @server: (nullable): name of the web server; NULL sends none
 * @headers: (nullable): more of them, each line with its CRLF
 * @type: (nullable): of @body
 * @keep_alive: say so and read the next request, if nothing speaks against it
 * @delay_ms: until the first byte
 *
 * The strings are borrowed for the call of sim_http_answer().
 */
typedef struct
{
  guint status;
  const char *server;
  const char *headers;
  const char *type;
  GBytes *body; /* (transfer none) (nullable) */
  gboolean keep_alive;
  SimFault fault;
  gint64 delay_ms;
} SimAnswer;

/**
 * SimHttpHandler:
 * @exchange: (transfer full): must get its answer by sim_http_answer()
 */
typedef void (*SimHttpHandler) (SimExchange *exchange, gpointer user_data);

SimHttp *sim_http_new (SimClock *clock, SimHttpHandler handler, gpointer user_data);
void sim_http_free (SimHttp *self);

/**
 * sim_http_reserve:
 * @port: 0 lets the kernel choose
 *
 * Takes a port without listening yet: connections are refused until sim_http_up().
 */
gboolean sim_http_reserve (SimHttp *self, gboolean secure, const char *address, guint16 port,
                           GError **error);

/**
 * sim_http_port:
 *
 * Returns: the port reserved, 0 for none
 */
guint16 sim_http_port (SimHttp *self, gboolean secure);

/**
 * sim_http_set_certificate:
 * @certificate: (transfer none): shown to connections made from now on
 */
void sim_http_set_certificate (SimHttp *self, GTlsCertificate *certificate);

/* Listens, or listens no longer: open connections are cut, new ones refused. */
gboolean sim_http_up (SimHttp *self, gboolean secure, GError **error);
void sim_http_down (SimHttp *self);

/**
 * sim_http_busy:
 *
 * Returns: requests read whose answer is not out yet
 */
guint sim_http_busy (SimHttp *self);

const SimRequest *sim_exchange_request (SimExchange *exchange);
const char *sim_exchange_header (SimExchange *exchange, const char *name);

/**
 * sim_http_answer:
 * @exchange: (transfer full)
 */
void sim_http_answer (SimExchange *exchange, const SimAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimHttp, sim_http_free)

G_END_DECLS
