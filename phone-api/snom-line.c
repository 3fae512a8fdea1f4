/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-line.h"
#include "legacy-tls.h"
#include "snom-trouble.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

struct _OhSnomLine
{
  GObject parent_instance;

  OhClock *clock;            /* (owned) */
  GSocketConnection *socket; /* (owned) (nullable): NULL while closed */
  GIOStream *stream; /* (owned) (nullable): the socket, or TLS over it; NULL while opening */
  char *host;        /* (owned) (nullable): where it leads */
  guint16 port;
  gboolean secure;
  gboolean used;         /* it has carried a request */
  gboolean in_use;       /* somebody writes and reads */
  GSource *watch;        /* (owned) (nullable): while it rests: what comes now is the end */
  guint alarm;           /* of the idle time */
  GCancellable *opening; /* (owned) (nullable): of the opening under way */
  GInetAddress *local;
  GInetAddress *remote;
};

/* One opening under way: the task's data. */
typedef struct
{
  OhClock *clock;
  OhSnomPlace place; /* its host is the line's */
  GCancellable *inner;
  GCancellable *outer;
  gulong outer_id;
  guint alarm;
  gboolean too_late;
  gboolean judged;
  GError *verdict; /* (owned) (nullable): the judge's */
} Opening;

G_DEFINE_FINAL_TYPE (OhSnomLine, oh_snom_line, G_TYPE_OBJECT)

static void
oh_snom_line_finalize (GObject *object)
{
  OhSnomLine *self = OH_SNOM_LINE (object);

  oh_snom_line_close (self);
  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_snom_line_parent_class)->finalize (object);
}

static void
oh_snom_line_class_init (OhSnomLineClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_snom_line_finalize;
}

static void
oh_snom_line_init (OhSnomLine *self)
{
}

OhSnomLine *
oh_snom_line_new (OhClock *clock)
{
  OhSnomLine *self = g_object_new (OH_TYPE_SNOM_LINE, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/* -- at rest ---------------------------------------------------------------------------------- */

static void
stop_resting (OhSnomLine *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

void
oh_snom_line_close (OhSnomLine *self)
{
  GSocket *socket = self->socket != NULL ? g_socket_connection_get_socket (self->socket) : NULL;

  stop_resting (self);
  if (socket != NULL && self->opening != NULL) /* a handshake may be at work in another thread */
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
  else if (socket != NULL)
    g_socket_close (socket, NULL);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->host, g_free);
  self->used = FALSE;
  self->in_use = FALSE;
}

void
oh_snom_line_drop (OhSnomLine *self)
{
  if (self->in_use) /* whoever reads sees the end, and closes it */
    g_socket_shutdown (g_socket_connection_get_socket (self->socket), TRUE, TRUE, NULL);
  else
    oh_snom_line_close (self);
}

/* Nothing but the handshake's own messages may come on a line at rest. */
static gboolean
is_quiet (OhSnomLine *self)
{
  GPollableInputStream *input =
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  g_autoptr (GError) error = NULL;
  guint8 octet;

  return g_pollable_input_stream_read_nonblocking (input, &octet, 1, NULL, &error) < 0 &&
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean
on_readable (GObject *input, gpointer user_data)
{
  OhSnomLine *self = user_data;

  if (is_quiet (self))
    return G_SOURCE_CONTINUE;
  oh_snom_line_close (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer user_data)
{
  OhSnomLine *self = user_data;

  self->alarm = 0;
  oh_snom_line_close (self);
  return G_SOURCE_REMOVE;
}

void
oh_snom_line_rest (OhSnomLine *self, gint64 idle_us)
{
  GPollableInputStream *input;

  stop_resting (self);
  if (self->stream == NULL) /* closed meanwhile */
    return;
  self->in_use = FALSE;
  input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  self->watch = g_pollable_input_stream_create_source (input, NULL);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
  self->alarm = oh_clock_add_alarm_in (self->clock, idle_us, on_idle, self);
}

gboolean
oh_snom_line_is_open (OhSnomLine *self, const OhSnomPlace *place, gboolean unused)
{
  if (self->stream == NULL || g_strcmp0 (self->host, place->host) != 0 ||
      self->port != place->port || self->secure != place->secure || (unused && self->used))
    return FALSE;
  if (is_quiet (self))
    return TRUE;
  oh_snom_line_close (self);
  return FALSE;
}

GIOStream *
oh_snom_line_begin (OhSnomLine *self)
{
  stop_resting (self);
  self->used = TRUE;
  self->in_use = self->stream != NULL;
  return self->stream;
}

GInetAddress *
oh_snom_line_get_local (OhSnomLine *self)
{
  return self->local;
}

GInetAddress *
oh_snom_line_get_remote (OhSnomLine *self)
{
  return self->remote;
}

/* -- opening ---------------------------------------------------------------------------------- */

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_error (&opening->verdict);
  g_clear_object (&opening->inner);
  g_clear_object (&opening->outer);
  g_clear_object (&opening->clock);
  g_free (opening);
}

static gboolean
on_too_late (gpointer data)
{
  Opening *opening = data;

  opening->alarm = 0;
  opening->too_late = TRUE;
  g_cancellable_cancel (opening->inner);
  return G_SOURCE_REMOVE;
}

static void
set_limit (Opening *opening, gint64 delay_us)
{
  oh_clock_clear_alarm (opening->clock, &opening->alarm);
  opening->alarm = oh_clock_add_alarm_in (opening->clock, delay_us, on_too_late, opening);
}

static void
on_given_up (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* @error: (transfer full) (nullable): NULL: it is open. */
static void
end_opening (GTask *task, GError *error)
{
  Opening *opening = g_task_get_task_data (task);
  OhSnomLine *self = g_task_get_source_object (task);

  g_cancellable_disconnect (opening->outer, opening->outer_id);
  oh_clock_clear_alarm (opening->clock, &opening->alarm);
  if (opening->verdict != NULL) /* better than "handshake failed" */
    {
      g_clear_error (&error);
      error = g_steal_pointer (&opening->verdict);
    }
  else if (opening->too_late)
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no connection in time");
    }
  else if (error == NULL)
    g_cancellable_set_error_if_cancelled (opening->inner, &error); /* closed meanwhile */
  if (self->opening == opening->inner) /* else it was closed, and may lead elsewhere by now */
    {
      g_clear_object (&self->opening);
      if (error != NULL)
        oh_snom_line_close (self);
    }
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
judge (Opening *opening, GTlsCertificate *certificate)
{
  opening->judged = TRUE;
  g_clear_error (&opening->verdict);
  return opening->place.judge (certificate, opening->place.user_data, &opening->verdict);
}

static gboolean
on_certificate (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags flaws,
                gpointer user_data)
{
  return judge (user_data, certificate);
}

/* A session that was resumed shows no certificate again: then the one it stands on is judged. */
static gboolean
is_accepted (Opening *opening, GTlsConnection *tls)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (tls);

  if (opening->judged)
    return opening->verdict == NULL;
  return certificate != NULL && judge (opening, certificate);
}

/* The TLS library's own policy may well allow what was given up long ago: the version that came out
   of the handshake is looked at before a request leaves. */
static void
check_version (Opening *opening, GTlsConnection *tls)
{
  if (opening->verdict == NULL &&
      g_tls_connection_get_protocol_version (tls) < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    opening->verdict = oh_snom_trouble_old_tls (opening->place.host);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  OhSnomLine *self = g_task_get_source_object (task);
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  GError *error = NULL;

  g_signal_handlers_disconnect_by_data (tls, opening);
  if (g_tls_connection_handshake_finish (tls, result, &error))
    {
      if (!is_accepted (opening, tls) && opening->verdict == NULL)
        error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "no certificate");
      check_version (opening, tls);
    }
  if (error == NULL && opening->verdict == NULL && !g_cancellable_is_cancelled (opening->inner))
    g_set_object (&self->stream, G_IO_STREAM (tls));
  end_opening (task, error);
}

/* The old channel writes nothing until it was told that it may. */
static void
on_legacy_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  OhSnomLine *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (OhLegacyTls) tls = oh_legacy_tls_connect_finish (result, &error);

  if (tls != NULL && judge (opening, oh_legacy_tls_get_certificate (tls)) &&
      !g_cancellable_is_cancelled (opening->inner))
    {
      oh_legacy_tls_accept (tls);
      g_set_object (&self->stream, G_IO_STREAM (tls));
    }
  end_opening (task, error);
}

/* What GIO agrees to is decided for the whole process; an old phone gets a session of its own. */
static void
start_legacy (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  OhSnomLine *self = g_task_get_source_object (task);

  set_limit (opening, OH_SNOM_HANDSHAKE_US);
  oh_legacy_tls_connect_async (self->socket, self->host, opening->inner, on_legacy_handshake, task);
}

/* Without a database every certificate fails the library's own check, so that each is judged here;
   and what is judged is the phone's key, not its manners when it hangs up. */
static void
start_tls (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Opening *opening = g_task_get_task_data (task);
  OhSnomLine *self = g_task_get_source_object (task);
  g_autoptr (GSocketConnectable) identity = g_network_address_new (self->host, self->port);
  GError *error = NULL;
  g_autoptr (GIOStream) tls =
    g_tls_client_connection_new (G_IO_STREAM (self->socket), identity, &error);

  if (tls == NULL)
    {
      end_opening (task, error);
      return;
    }
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), NULL);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_certificate), opening);
  set_limit (opening, OH_SNOM_HANDSHAKE_US);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, opening->inner,
                                    on_handshake, g_steal_pointer (&task));
}

static void
keep_addresses (OhSnomLine *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (self->socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (self->socket, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (local) || !G_IS_INET_SOCKET_ADDRESS (remote))
    return;
  g_set_object (&self->local, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
  g_set_object (&self->remote, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  OhSnomLine *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GSocketConnection) socket =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  if (socket == NULL || g_cancellable_is_cancelled (opening->inner))
    {
      end_opening (task, error);
      return;
    }
  self->socket = g_steal_pointer (&socket);
  /* a request is one write, and somebody waits for it */
  g_socket_set_option (g_socket_connection_get_socket (self->socket), IPPROTO_TCP, TCP_NODELAY, 1,
                       NULL);
  keep_addresses (self);
  if (opening->place.secure)
    {
      if (opening->place.legacy)
        start_legacy (g_steal_pointer (&task));
      else
        start_tls (g_steal_pointer (&task));
      return;
    }
  g_set_object (&self->stream, G_IO_STREAM (self->socket));
  end_opening (task, NULL);
}

void
oh_snom_line_open_async (OhSnomLine *self, const OhSnomPlace *place, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = NULL;

  g_task_set_source_tag (task, oh_snom_line_open_async);
  g_task_set_task_data (task, opening, opening_free);
  oh_snom_line_close (self);
  self->host = g_strdup (place->host);
  self->port = place->port;
  self->secure = place->secure;
  opening->clock = g_object_ref (self->clock);
  opening->place = *place;
  opening->place.host = self->host;
  opening->inner = g_cancellable_new ();
  g_set_object (&self->opening, opening->inner);
  g_set_object (&opening->outer, cancellable);
  if (cancellable != NULL)
    opening->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_given_up),
                                               g_object_ref (opening->inner), g_object_unref);
  set_limit (opening, place->connect_us > 0 ? place->connect_us : OH_SNOM_CONNECT_US);
  /* phones are on the local network: no proxy is told of them or of their passwords */
  g_socket_client_set_enable_proxy (client, FALSE);
  address = g_network_address_new (self->host, self->port);
  g_socket_client_connect_async (client, address, opening->inner, on_connected, task);
}

gboolean
oh_snom_line_open_finish (OhSnomLine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
