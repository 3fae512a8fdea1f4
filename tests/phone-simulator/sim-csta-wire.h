/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Octets of one message, and of what waits to become one; whoever sends more is cut off. */
#define SIM_CSTA_MESSAGE_MAX 65536

typedef struct _SimCstaWire SimCstaWire;
typedef struct _SimCstaLine SimCstaLine;

/**
 * SimCstaMessage:
 * @method: "" for a response
 * @headers: (element-type SimPair): names in lower case
 */
typedef struct
{
  char *method;
  char *uri;
  GPtrArray *headers;
  const char *body;
  gsize length;
} SimCstaMessage;

/**
 * SimCstaWireFuncs:
 * @message: one whole message
 * @closed: the line is about to be freed
 * @certificate: (transfer none): what to show to whoever connects by TLS
 */
typedef struct
{
  void (*message) (SimCstaLine *line, SimCstaMessage *message, gpointer user_data);
  void (*closed) (SimCstaLine *line, gpointer user_data);
  GTlsCertificate *(*certificate) (gpointer user_data);
} SimCstaWireFuncs;

/**
 * sim_csta_wire_new:
 *
 * SIP over TCP and over TLS: listens, cuts what arrives into messages.
 */
SimCstaWire *sim_csta_wire_new (const SimCstaWireFuncs *funcs, gpointer user_data);
void sim_csta_wire_free (SimCstaWire *self);

gboolean sim_csta_wire_listen (SimCstaWire *self, const char *address, guint16 port, gboolean tls,
                               GError **error);
guint16 sim_csta_wire_port (SimCstaWire *self, gboolean tls);

/* While it is down every line is closed, and new ones are closed at once. */
void sim_csta_wire_set_up (SimCstaWire *self, gboolean up);

void sim_csta_line_send (SimCstaLine *line, const char *text, gsize length);

/**
 * sim_csta_header:
 *
 * Returns: (not nullable): "" where it is missing
 */
const char *sim_csta_header (const SimCstaMessage *message, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCstaWire, sim_csta_wire_free)

G_END_DECLS
