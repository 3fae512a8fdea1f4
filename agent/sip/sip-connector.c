/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-connector.h"

#include <gio/gnetworking.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"
#include "sip-tls.h"

/* One attempt; the task's data. */
typedef struct
{
  OhClock *clock;            /* (owned) */
  char *peer;                /* (owned): "host:port" for messages */
  guint dead_peer_s;         /* a peer that is gone is noticed within */
  OhSipTls *tls;             /* (owned) (nullable): what the certificate is checked against; NULL
                                for a plain connection, too */
  GCancellable *outer;       /* (owned) (nullable): the caller's */
  gulong outer_id;           /* our handler on it */
  GCancellable *cancellable; /* (owned): cancelled by the caller's and by the limit */
  guint limit_alarm;
  gboolean timed_out;
  OhSipConnection connection; /* (owned): what has been reached so far */
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  oh_clock_clear_alarm (attempt->clock, &attempt->limit_alarm);
  g_clear_object (&attempt->outer);
  g_clear_object (&attempt->cancellable);
  g_clear_pointer (&attempt->tls, oh_sip_tls_free);
  oh_sip_connection_clear (&attempt->connection);
  g_object_unref (attempt->clock);
  g_free (attempt->peer);
  g_free (attempt);
}

void
oh_sip_connection_clear (OhSipConnection *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->local_host, g_free);
  self->local_port = 0;
}

char *
oh_sip_target_text (const OhSipTarget *target)
{
  gsize len = strlen (target->host);
  int shown = (int) len - (len > 0 && target->host[len - 1] == '.'); /* without the final dot */

  return g_strdup_printf (strchr (target->host, ':') != NULL ? "[%.*s]:%u" : "%.*s:%u", shown,
                          target->host, target->port);
}

/* Nothing of ours may ring any more when the caller hears of the result. */
static void
end_attempt (Attempt *attempt)
{
  oh_clock_clear_alarm (attempt->clock, &attempt->limit_alarm);
  if (attempt->outer != NULL)
    g_cancellable_disconnect (attempt->outer, attempt->outer_id);
  g_clear_object (&attempt->outer);
  if (attempt->tls != NULL)
    g_set_object (&attempt->connection.certificate, oh_sip_tls_peer_certificate (attempt->tls));
}

/* @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GError) own = error;

  if (attempt->tls != NULL)
    oh_sip_tls_explain (attempt->tls, &own);
  end_attempt (attempt);
  if (attempt->timed_out && g_error_matches (own, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&own);
      own = g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("%s did not answer within %d seconds."),
                         attempt->peer, (int) (OH_SIP_CONNECT_LIMIT_US / G_USEC_PER_SEC));
    }
  else
    oh_error_adopt (&own, _ ("Cannot connect to %s"), attempt->peer);
  g_task_return_error (task, g_steal_pointer (&own));
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GTlsConnection *connection = G_TLS_CONNECTION (source);
  g_autofree char *cipher = NULL;
  GError *error = NULL;

  if (!g_tls_connection_handshake_finish (connection, result, &error) ||
      !oh_sip_tls_accept (attempt->tls, connection, &error))
    {
      fail (task, error);
      return;
    }
  end_attempt (attempt);
  cipher = g_tls_connection_get_ciphersuite_name (connection);
  g_debug ("[%s] %s %s", attempt->peer, oh_sip_tls_version (connection), cipher);
  attempt->connection.stream = g_object_ref (G_IO_STREAM (connection));
  g_task_return_boolean (task, TRUE);
}

static void
set_socket_option (GSocket *socket, int option, int value)
{
  g_autoptr (GError) error = NULL;

  if (!g_socket_set_option (socket, IPPROTO_TCP, option, value, &error))
    g_debug ("TCP option %d: %s", option, error->message); /* works without, only slower */
}

/* A peer that has gone without a word is noticed within @limit_s, whatever the server said about
 * keep-alives. An idle line is asked after a third of it and then every sixth; with a user timeout
 * the kernel gives up at the first question that finds nothing heard for so long: at two thirds.
 * The worst case is something sent just before the first question would be due, because then the
 * time begins with it: a third and seven twelfths, and the rest is for the kernel's own rounding.
 */
static void
tune_socket (GSocket *socket, guint limit_s)
{
  g_socket_set_keepalive (socket, TRUE);
  set_socket_option (socket, TCP_NODELAY, 1);
#ifdef TCP_KEEPIDLE
  set_socket_option (socket, TCP_KEEPIDLE, (int) MAX (limit_s / 3, 1));
  set_socket_option (socket, TCP_KEEPINTVL, (int) MAX (limit_s / 6, 1));
  set_socket_option (socket, TCP_KEEPCNT, 2); /* where there is no user timeout */
#endif
#ifdef TCP_USER_TIMEOUT
  set_socket_option (socket, TCP_USER_TIMEOUT, (int) (limit_s * 1000 * 7 / 12));
#endif
}

static gboolean
learn_local_address (Attempt *attempt, GSocketConnection *connection, GError **error)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_local_address (connection, error);
  g_autofree char *text = NULL;
  GInetAddress *inet;

  if (address == NULL)
    return FALSE;
  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  text = g_inet_address_to_string (inet);
  attempt->connection.local_host = g_strdup_printf (
    g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6 ? "[%s]" : "%s", text);
  attempt->connection.local_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  return TRUE;
}

/* Without TLS the line stands as soon as the connection does. */
static void
finish_plain (GTask *owned, GSocketConnection *connection)
{
  g_autoptr (GTask) task = owned;
  Attempt *attempt = g_task_get_task_data (task);

  end_attempt (attempt);
  attempt->connection.stream = g_object_ref (G_IO_STREAM (connection));
  g_task_return_boolean (task, TRUE);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GTlsConnection) secure = NULL;
  GError *error = NULL;

  connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (connection == NULL || !learn_local_address (attempt, connection, &error) ||
      (!attempt->connection.plain &&
       (secure = oh_sip_tls_wrap (attempt->tls, G_IO_STREAM (connection), &error)) == NULL))
    {
      fail (task, error);
      return;
    }
  tune_socket (g_socket_connection_get_socket (connection), attempt->dead_peer_s);
  if (secure == NULL)
    {
      finish_plain (g_steal_pointer (&task), connection);
      return;
    }
  g_tls_connection_handshake_async (secure, G_PRIORITY_DEFAULT, attempt->cancellable, on_handshake,
                                    g_steal_pointer (&task));
}

static gboolean
on_limit (gpointer user_data)
{
  Attempt *attempt = user_data;

  attempt->limit_alarm = 0;
  attempt->timed_out = TRUE;
  g_cancellable_cancel (attempt->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
oh_sip_connect_async (OhClock *clock, const OhSipTarget *target, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Attempt *attempt = g_new0 (Attempt, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, oh_sip_connect_async);
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);
  attempt->clock = g_object_ref (clock);
  attempt->peer = oh_sip_target_text (target);
  attempt->dead_peer_s = target->dead_peer_s > 0 ? target->dead_peer_s : OH_SIP_DEAD_PEER_S;
  attempt->cancellable = g_cancellable_new ();
  attempt->connection.plain = target->plain;
  attempt->tls = target->plain ? NULL : oh_sip_tls_new (target, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (cancellable != NULL)
    {
      attempt->outer = g_object_ref (cancellable);
      attempt->outer_id =
        g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                               g_object_ref (attempt->cancellable), g_object_unref);
    }
  attempt->limit_alarm = oh_clock_add_alarm_in (clock, OH_SIP_CONNECT_LIMIT_US, on_limit, attempt);
  g_socket_client_set_enable_proxy (client, FALSE); /* SIP does not go through a web proxy */
  g_socket_client_connect_to_host_async (client, target->host, target->port, attempt->cancellable,
                                         on_connected, g_steal_pointer (&task));
}

gboolean
oh_sip_connect_finish (GAsyncResult *result, OhSipConnection *connection, GError **error)
{
  Attempt *attempt = g_task_get_task_data (G_TASK (result));
  gboolean connected = g_task_propagate_boolean (G_TASK (result), error);

  *connection = attempt->connection;
  attempt->connection = (OhSipConnection){ 0 };
  return connected;
}
