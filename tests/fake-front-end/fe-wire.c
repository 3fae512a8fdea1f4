/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-wire.h"

#include <string.h>

#include "fe-event.h"
#include "fe-shape.h"
#include "fe-value.h"

/* RFC 3261 17.1.2.2, timer F: 64 times T1. */
#define ANSWER_TIMEOUT_S 32

struct _FeWire
{
  const FeConfig *config; /* unowned */
  FeFaults *faults;       /* unowned */
  GHashTable *pending;    /* (owned) (element-type utf8 Pending): by branch */
  GHashTable *last;       /* (owned) (element-type FeConnection GBytes): signed requests */
  GHashTable *held;       /* (owned) (element-type FeConnection GBytes): after the next one */
};

typedef struct
{
  FeWire *wire;             /* unowned */
  FeConnection *connection; /* unowned: forgotten when it closes */
  char *branch;
  char *method;
  char *aor;
  char *uri; /* Request-URI, for the ACK of an INVITE */
  guint timeout_id;
} Pending;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_handle_id (&pending->timeout_id, g_source_remove);
  g_free (pending->branch);
  g_free (pending->method);
  g_free (pending->aor);
  g_free (pending->uri);
  g_free (pending);
}

FeWire *
fe_wire_new (const FeConfig *config, FeFaults *faults)
{
  FeWire *self = g_new0 (FeWire, 1);

  self->config = config;
  self->faults = faults;
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pending_free);
  self->last = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  self->held = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  return self;
}

void
fe_wire_free (FeWire *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->last);
  g_hash_table_unref (self->held);
  g_free (self);
}

const FeConfig *
fe_wire_get_config (FeWire *self)
{
  return self->config;
}

void
fe_wire_trace (FeWire *self, FeConnection *connection, const char *direction,
               const FeMessage *message)
{
  g_autoptr (GBytes) octets = NULL;
  gsize length = 0;
  const char *text;

  if (!self->config->trace)
    return;
  octets = fe_message_to_bytes (message);
  text = g_bytes_get_data (octets, &length);
  g_printerr ("%s %s\n%.*s\n\n", direction, fe_connection_get_peer (connection), (int) length,
              text);
}

static void
halve_body (FeMessage *message)
{
  gsize length = 0;
  const char *text = fe_message_body_text (message, &length);
  const char *type = fe_message_get (message, "Content-Type");
  g_autofree char *kept_type = g_strdup (type != NULL ? type : "text/plain");

  fe_message_set_body (message, kept_type, g_strndup (text, length / 2), length / 2);
}

/* Still a message, but not the one that was signed. */
static void
alter_header (FeMessage *message)
{
  g_autofree char *call_id = g_strconcat (fe_message_get (message, "Call-ID"), "x", NULL);

  fe_message_set (message, "Expires", "4711");
  if (message->status == 0)
    fe_message_set (message, "Call-ID", call_id);
}

static void
change_body (FeWire *self, FeMessage *message)
{
  const char *type = NULL;
  GBytes *body = fe_faults_get_body (self->faults, &type);
  g_autofree char *kept_type =
    g_strdup (type != NULL ? type : fe_message_get (message, "Content-Type"));
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);

  fe_message_set_body (message, kept_type, g_strndup (text, length), (gssize) length);
}

static void
sign (FeWire *self, FeAssociation *association, FeMessage *message)
{
  if (message->body != NULL && fe_faults_take_spoil (self->faults, FE_SPOIL_BODY))
    halve_body (message);
  if (message->body != NULL && fe_faults_take_spoil (self->faults, FE_SPOIL_OTHER_BODY))
    change_body (self, message);
  if (fe_faults_take_spoil (self->faults, FE_SPOIL_UNSIGNED))
    return;
  fe_auth_sign (association, message, fe_faults_take_spoil (self->faults, FE_SPOIL_SIGNATURE));
  if (association->proxy != NULL)
    fe_auth_sign (association->proxy, message, FALSE);
  if (fe_faults_take_spoil (self->faults, FE_SPOIL_HEADER))
    alter_header (message);
}

/* @octets: (transfer full) */
static GBytes *
bend (FeWire *self, GBytes *octets)
{
  static GBytes *(*const shapes[FE_N_SPOILS]) (GBytes *) = {
    [FE_SPOIL_FOLD] = fe_shape_fold,
    [FE_SPOIL_COMPACT] = fe_shape_compact,
    [FE_SPOIL_TWO_LENGTHS] = fe_shape_two_lengths,
    [FE_SPOIL_HALF] = fe_shape_half,
    [FE_SPOIL_HEAD] = fe_shape_head,
  };

  for (FeSpoil kind = 0; kind < FE_N_SPOILS; kind++)
    if (shapes[kind] != NULL && fe_faults_take_spoil (self->faults, kind))
      {
        GBytes *bent = shapes[kind](octets);

        g_bytes_unref (octets);
        octets = bent;
      }
  return octets;
}

/* The peer reads it in as many pieces as it has octets. */
static void
drip (FeConnection *connection, GBytes *octets)
{
  for (gsize i = 0; i < g_bytes_get_size (octets); i++)
    {
      g_autoptr (GBytes) octet = g_bytes_new_from_bytes (octets, i, 1);

      fe_connection_write (connection, octet);
    }
}

static void
write_signed (FeWire *self, FeConnection *connection, GBytes *octets)
{
  g_autoptr (GBytes) bent = bend (self, g_bytes_ref (octets));
  GBytes *held;

  if (fe_faults_take_spoil (self->faults, FE_SPOIL_HOLD))
    {
      g_hash_table_replace (self->held, connection, g_steal_pointer (&bent));
      return;
    }
  if (fe_faults_take_spoil (self->faults, FE_SPOIL_DRIP))
    drip (connection, bent);
  else
    fe_connection_write (connection, bent);
  held = g_hash_table_lookup (self->held, connection);
  if (held == NULL)
    return;
  fe_connection_write (connection, held);
  g_hash_table_remove (self->held, connection);
}

void
fe_wire_send (FeWire *self, FeConnection *connection, FeAssociation *association,
              FeMessage *message)
{
  g_autoptr (GBytes) octets = NULL;
  gboolean is_signed = association != NULL && association->ready;

  if (is_signed)
    sign (self, association, message);
  fe_wire_trace (self, connection, "<<<", message);
  octets = fe_message_to_bytes (message);
  if (association != NULL && message->status == 0)
    g_hash_table_replace (self->last, connection, g_bytes_ref (octets));
  if (is_signed)
    write_signed (self, connection, octets);
  else
    fe_connection_write (connection, octets);
}

static gboolean
on_no_answer (gpointer user_data)
{
  Pending *pending = user_data;

  pending->timeout_id = 0;
  fe_event_violation (pending->aor, "no-answer", "%s after %d s", pending->method,
                      ANSWER_TIMEOUT_S);
  g_hash_table_remove (pending->wire->pending, pending->branch);
  return G_SOURCE_REMOVE;
}

static void
expect_answer (FeWire *self, FeConnection *connection, const char *branch, const FeMessage *message)
{
  Pending *pending = g_new0 (Pending, 1);
  g_autofree char *uri = fe_value_uri (fe_message_get (message, "To"));

  pending->wire = self;
  pending->connection = connection;
  pending->branch = g_strdup (branch);
  pending->method = g_strdup (message->method);
  pending->uri = g_strdup (message->uri);
  pending->aor = fe_value_aor (uri);
  pending->timeout_id = g_timeout_add_seconds (ANSWER_TIMEOUT_S, on_no_answer, pending);
  g_hash_table_replace (self->pending, pending->branch, pending);
}

void
fe_wire_request (FeWire *self, FeConnection *connection, FeAssociation *association,
                 FeMessage *message)
{
  g_autofree char *branch = g_strdup_printf ("z9hG4bK%08X%08X", g_random_int (), g_random_int ());

  fe_message_add (message, "Via", "SIP/2.0/TLS %s:5061;branch=%s", self->config->server, branch);
  fe_message_add (message, "Max-Forwards", "70");
  if (strcmp (message->method, "BENOTIFY") != 0)
    expect_answer (self, connection, branch, message);
  fe_wire_send (self, connection, association, message);
}

/* RFC 3261 17.1.1.3: an INVITE that failed is acknowledged hop by hop, with its own branch. */
static void
acknowledge (FeWire *self, const Pending *pending, FeAssociation *association,
             const FeMessage *response)
{
  static const char *const copied[] = { "Via", "From", "To", "Call-ID" };
  g_autoptr (FeMessage) ack = fe_message_new_request ("ACK", pending->uri);

  for (gsize i = 0; i < G_N_ELEMENTS (copied); i++)
    {
      const char *value = fe_message_get (response, copied[i]);

      if (value != NULL)
        fe_message_add (ack, copied[i], "%s", value);
    }
  fe_message_add (ack, "CSeq", "%u ACK", fe_message_cseq (response, NULL));
  fe_message_add (ack, "Max-Forwards", "70");
  fe_wire_send (self, pending->connection, association, ack);
}

char *
fe_wire_take_response (FeWire *self, FeAssociation *association, const FeMessage *response)
{
  const char *via = fe_message_get (response, "Via");
  g_autofree char *branch = via != NULL ? fe_value_parameter (via, "branch") : NULL;
  const Pending *pending = branch != NULL ? g_hash_table_lookup (self->pending, branch) : NULL;
  char *method;

  if (pending == NULL)
    return NULL;
  method = g_strdup (pending->method);
  if (strcmp (method, "INVITE") == 0 && response->status >= 200)
    acknowledge (self, pending, association, response);
  if (response->status >= 200)
    g_hash_table_remove (self->pending, branch);
  return method;
}

gboolean
fe_wire_repeat (FeWire *self, FeConnection *connection)
{
  GBytes *octets = g_hash_table_lookup (self->last, connection);

  if (octets == NULL)
    return FALSE;
  fe_connection_write (connection, octets);
  return TRUE;
}

static gboolean
is_of_connection (gpointer key, gpointer value, gpointer connection)
{
  return ((Pending *) value)->connection == connection;
}

void
fe_wire_forget_connection (FeWire *self, FeConnection *connection)
{
  g_hash_table_foreach_remove (self->pending, is_of_connection, connection);
  g_hash_table_remove (self->last, connection);
  g_hash_table_remove (self->held, connection);
}
