/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-discovery"

#include "autodiscover-walk.h"

#include <glib/gi18n-lib.h>

#include "autodiscover-answer.h"
#include "error.h"
#include "server.h"

#define CONTENT_TYPE "application/vnd.microsoft.rtc.autodiscover+xml"

/* The task's data. */
typedef struct
{
  SoupSession *session; /* (owned) */
  GTlsDatabase *extra;  /* (owned) (nullable) */
  OhClock *clock;       /* (owned) */
  char *url;            /* (owned): the document being fetched */
  guint steps;          /* followed so far */

  SoupMessage *message;      /* (owned) (nullable): the request under way */
  GCancellable *cancellable; /* (owned) (nullable): of it */
  gulong outer_id;           /* our handler on the caller's cancellable */
  guint limit_alarm;
  gboolean timed_out;
  gboolean too_old; /* the server agreed on TLS below 1.2, which the library allows */
  GByteArray *body; /* (owned) */
} Walk;

static void step (GTask *owned);

static void
end_request (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);

  oh_clock_clear_alarm (walk->clock, &walk->limit_alarm);
  if (walk->outer_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), walk->outer_id);
  walk->outer_id = 0;
  g_clear_object (&walk->cancellable);
  g_clear_object (&walk->message);
  g_byte_array_set_size (walk->body, 0);
}

static void
walk_free (Walk *walk)
{
  oh_clock_clear_alarm (walk->clock, &walk->limit_alarm);
  g_clear_object (&walk->session);
  g_clear_object (&walk->extra);
  g_clear_object (&walk->message);
  g_clear_object (&walk->cancellable);
  g_object_unref (walk->clock);
  g_byte_array_unref (walk->body);
  g_free (walk->url);
  g_free (walk);
}

/* @error: (transfer full) */
static void
fail (GTask *task, GError *error)
{
  Walk *walk = g_task_get_task_data (task);

  if (walk->timed_out && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      error =
        g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("%s did not answer within %d seconds."),
                     walk->url, OH_AUTODISCOVER_REQUEST_LIMIT_S);
    }
  if (walk->too_old)
    {
      g_clear_error (&error);
      error = g_error_new_literal (OH_ERROR, OH_ERROR_UNREACHABLE,
                                   _ ("the server does not offer TLS 1.2"));
    }
  oh_error_adopt (&error, "%s", walk->url);
  end_request (task);
  g_task_return_error (task, error);
}

/* --- documents ----------------------------------------------------------------------------- */

static void
go_on (GTask *owned, const char *href)
{
  g_autoptr (GTask) task = owned;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  char *next = oh_autodiscover_next_url (walk->url, href, &error);

  if (next != NULL && walk->steps == OH_AUTODISCOVER_STEPS_MAX)
    {
      g_clear_pointer (&next, g_free);
      error = g_error_new_literal (OH_ERROR, OH_ERROR_PROTOCOL, _ ("redirected too often"));
    }
  if (next == NULL)
    {
      fail (task, error);
      return;
    }
  end_request (task);
  walk->steps++;
  g_free (walk->url);
  walk->url = next;
  step (g_steal_pointer (&task));
}

/* [MS-OCDISCWS] 3.1.5: the entry of where we are, then the other one. */
static GPtrArray *
servers_of (const OhAutodiscoverAnswer *answer)
{
  GPtrArray *list = oh_server_list_new ();

  for (guint i = 0; i < 2; i++)
    {
      gboolean outside = (i == 0) == answer->external;
      const char *host = outside ? answer->outside_host : answer->inside_host;
      guint16 port = outside ? answer->outside_port : answer->inside_port;

      if (host != NULL)
        oh_server_list_add (list, oh_server_new (host, port, "autodiscover"));
    }
  return list;
}

static void
on_document (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Walk *walk = g_task_get_task_data (task);
  OhSlice text = oh_slice ((const char *) walk->body->data, walk->body->len);
  GError *error = NULL;
  g_autoptr (OhAutodiscoverAnswer) answer = oh_autodiscover_answer_parse (text, &error);

  if (answer == NULL)
    fail (task, error);
  else if (answer->redirect != NULL) /* homed elsewhere, also within a document about the user */
    go_on (g_steal_pointer (&task), answer->redirect);
  else if (answer->inside_host != NULL || answer->outside_host != NULL)
    {
      g_debug ("%s names servers", walk->url);
      end_request (task);
      g_task_return_pointer (task, servers_of (answer), (GDestroyNotify) g_ptr_array_unref);
    }
  else
    go_on (g_steal_pointer (&task), answer->user);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize len;
  const guint8 *data;

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  data = g_bytes_get_data (bytes, &len);
  g_byte_array_append (walk->body, data, (guint) len);
  if (len == 0 || walk->body->len > OH_AUTODISCOVER_SIZE_MAX)
    {
      on_document (g_steal_pointer (&task)); /* one octet too many is enough to be refused */
      return;
    }
  g_input_stream_read_bytes_async (
    G_INPUT_STREAM (source), OH_AUTODISCOVER_SIZE_MAX + 1 - walk->body->len, G_PRIORITY_DEFAULT,
    walk->cancellable, on_read, g_steal_pointer (&task));
}

/* --- requests ------------------------------------------------------------------------------ */

static void
refuse_status (GTask *task, guint status)
{
  Walk *walk = g_task_get_task_data (task);

  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    {
      g_message ("%s wants a web ticket before it names a server, which is not supported: going on "
                 "with DNS",
                 walk->url);
      fail (task, g_error_new_literal (OH_ERROR, OH_ERROR_UNSUPPORTED, _ ("web ticket wanted")));
    }
  else
    fail (task,
          g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, _ ("no document (status %u)"), status));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Walk *walk = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_autofree char *location = NULL;
  SoupMessageHeaders *headers;
  guint status;

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  status = soup_message_get_status (walk->message);
  headers = soup_message_get_response_headers (walk->message);
  location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  if (SOUP_STATUS_IS_REDIRECTION (status) && location != NULL)
    go_on (g_steal_pointer (&task), location);
  else if (status != SOUP_STATUS_OK ||
           g_ascii_strcasecmp (soup_message_headers_get_content_type (headers, NULL) ?: "",
                               CONTENT_TYPE) != 0)
    refuse_status (task, status);
  else
    g_input_stream_read_bytes_async (stream, OH_AUTODISCOVER_SIZE_MAX + 1, G_PRIORITY_DEFAULT,
                                     walk->cancellable, on_read, g_steal_pointer (&task));
}

/* Only called when the system's authorities are not content. */
static gboolean
on_accept_certificate (SoupMessage *message, GTlsCertificate *certificate,
                       GTlsCertificateFlags errors, Walk *walk)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) identity =
    g_network_address_new (g_uri_get_host (uri), (guint16) g_uri_get_port (uri));

  return walk->extra != NULL &&
         g_tls_database_verify_chain (walk->extra, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL) == 0;
}

/* Before the request leaves. */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, Walk *walk)
{
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED ||
      g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection)) >=
        G_TLS_PROTOCOL_VERSION_TLS_1_2)
    return;
  walk->too_old = TRUE;
  g_cancellable_cancel (walk->cancellable);
}

static gboolean
on_limit (gpointer user_data)
{
  Walk *walk = user_data;

  walk->limit_alarm = 0;
  walk->timed_out = TRUE;
  g_cancellable_cancel (walk->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Walk *walk = g_task_get_task_data (task);
  GCancellable *outer = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  walk->message = soup_message_new (SOUP_METHOD_GET, walk->url);
  if (walk->message == NULL)
    {
      fail (task, g_error_new_literal (OH_ERROR, OH_ERROR_PROTOCOL, "not an address"));
      return;
    }
  walk->cancellable = g_cancellable_new ();
  soup_message_add_flags (walk->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (walk->message), "Accept",
                                CONTENT_TYPE ";v=1");
  g_signal_connect (walk->message, "accept-certificate", G_CALLBACK (on_accept_certificate), walk);
  g_signal_connect (walk->message, "network-event", G_CALLBACK (on_network_event), walk);
  walk->limit_alarm = oh_clock_add_alarm_in (
    walk->clock, OH_AUTODISCOVER_REQUEST_LIMIT_S * (gint64) G_USEC_PER_SEC, on_limit, walk);
  if (outer != NULL)
    walk->outer_id = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled),
                                            g_object_ref (walk->cancellable), g_object_unref);
  soup_session_send_async (walk->session, walk->message, G_PRIORITY_DEFAULT, walk->cancellable,
                           on_sent, g_steal_pointer (&task));
}

void
oh_autodiscover_walk_async (SoupSession *session, GTlsDatabase *extra, OhClock *clock,
                            const char *url, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Walk *walk = g_new0 (Walk, 1);

  g_task_set_source_tag (task, oh_autodiscover_walk_async);
  g_task_set_task_data (task, walk, (GDestroyNotify) walk_free);
  walk->session = g_object_ref (session);
  walk->extra = extra != NULL ? g_object_ref (extra) : NULL;
  walk->clock = g_object_ref (clock);
  walk->url = g_strdup (url);
  walk->body = g_byte_array_new ();
  step (task);
}

GPtrArray *
oh_autodiscover_walk_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
