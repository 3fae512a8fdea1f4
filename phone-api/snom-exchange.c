/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-exchange.h"
#include "error.h"
#include "http-reply.h"
#include "log.h"
#include "snom-page.h"
#include "wire-tap.h"

#include <string.h>

#define READ_CHUNK 16384
#define HTTPS_PORT 443
#define HTTP_PORT 80

/* An exchange under way: the task's data. */
typedef struct
{
  OhClock *clock;
  OhSnomPlace place;   /* its host is ours */
  GString *request;    /* (owned): what is to be written */
  char *summary;       /* (owned): method and target, for the tap */
  OhHttpReply *reply;  /* (owned) */
  GCancellable *inner; /* ended by the caller's or by a limit */
  GCancellable *outer;
  gulong outer_id;
  guint alarm;
  OhSnomExchange *exchange;
  char *conversation; /* (owned) (nullable): for the tap, where one listens */
} Attempt;

static void read_more (GTask *owned);

void
oh_snom_exchange_free (OhSnomExchange *self)
{
  if (self == NULL)
    return;
  g_free (self->server);
  g_free (self->location);
  g_free (self->challenge);
  g_free (self->info);
  g_byte_array_unref (self->body);
  g_clear_error (&self->error);
  g_free (self);
}

/* What was written may hold a password that only Basic wraps. */
static void
wipe (GString *text)
{
  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
}

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_clear_object (&attempt->clock);
  g_free ((char *) attempt->place.host);
  wipe (attempt->request);
  g_free (attempt->summary);
  oh_http_reply_free (attempt->reply);
  g_clear_object (&attempt->inner);
  g_clear_object (&attempt->outer);
  oh_snom_exchange_free (attempt->exchange);
  g_free (attempt->conversation);
  g_free (attempt);
}

/* -- the tap ---------------------------------------------------------------------------------- */

/* The request line and what came back, never a header: credentials are in those. */
static void tap (Attempt *attempt, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
tap (Attempt *attempt, const char *format, ...)
{
  const char *host = attempt->place.host;
  g_autofree char *peer = NULL;
  g_autofree char *text = NULL;
  va_list args;

  if (!oh_wire_tap_wanted ())
    return;
  if (attempt->conversation == NULL)
    attempt->conversation = oh_log_next_id ('c');
  peer =
    g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, attempt->place.port);
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  oh_wire_tap_note (attempt->conversation, peer, "%s", text);
}

static void
tap_answer (Attempt *attempt)
{
  OhSnomExchange *exchange = attempt->exchange;

  if (exchange->status != 0)
    tap (attempt, "phone-answer: %u, %u octets%s", exchange->status, exchange->body->len,
         exchange->challenge != NULL ? ", asks for a login" : "");
  else
    tap (attempt, "phone-no-answer: %s",
         exchange->error != NULL ? exchange->error->message : "nothing came");
}

/* -- limits ----------------------------------------------------------------------------------- */

static gboolean
on_too_late (gpointer data)
{
  Attempt *attempt = data;

  attempt->alarm = 0;
  attempt->exchange->timed_out = TRUE;
  g_cancellable_cancel (attempt->inner);
  return G_SOURCE_REMOVE;
}

static void
set_limit (Attempt *attempt, gint64 delay_us)
{
  oh_clock_clear_alarm (attempt->clock, &attempt->alarm);
  attempt->alarm = oh_clock_add_alarm_in (attempt->clock, delay_us, on_too_late, attempt);
}

static void
on_given_up (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* -- the end ---------------------------------------------------------------------------------- */

static void
take_reply (OhSnomExchange *exchange, OhHttpReply *reply)
{
  exchange->status = reply->status;
  exchange->server = g_steal_pointer (&reply->server);
  exchange->location = g_steal_pointer (&reply->location);
  exchange->challenge = g_steal_pointer (&reply->challenge);
  exchange->info = g_steal_pointer (&reply->info);
  g_byte_array_unref (exchange->body);
  exchange->body = g_byte_array_ref (reply->body);
}

/* @error: (transfer full) (nullable): what went wrong. Only a line whose answer came whole, and
   whose phone does not hang up, is good for another request. */
static void
end (GTask *task, GError *error)
{
  Attempt *attempt = g_task_get_task_data (task);
  OhSnomLine *line = g_task_get_source_object (task);
  OhSnomExchange *exchange = attempt->exchange;

  g_cancellable_disconnect (attempt->outer, attempt->outer_id);
  oh_clock_clear_alarm (attempt->clock, &attempt->alarm);
  exchange->error = error;
  take_reply (exchange, attempt->reply);
  if (error == NULL && attempt->reply->keep)
    oh_snom_line_rest (line, OH_SNOM_IDLE_US);
  else
    oh_snom_line_close (line);
  tap_answer (attempt);
  g_task_return_pointer (task, g_steal_pointer (&attempt->exchange),
                         (GDestroyNotify) oh_snom_exchange_free);
}

static void
end_broken (GTask *task, OhHttpProgress progress)
{
  if (progress == OH_HTTP_TOO_LARGE)
    end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "page without end"));
  else
    end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no answer of HTTP"));
}

/* -- reading ---------------------------------------------------------------------------------- */

/* The connection is at its end, which is the end of the page, or a cut. */
static void
on_end_of_line (GTask *task, Attempt *attempt)
{
  OhHttpProgress progress = oh_http_reply_end (attempt->reply);

  if (progress == OH_HTTP_COMPLETE)
    end (task, NULL);
  else
    end (task,
         g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "the connection was closed"));
}

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  gboolean had_head = attempt->reply->status != 0;
  GError *error = NULL;
  g_autoptr (GBytes) chunk =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  OhHttpProgress progress = OH_HTTP_MORE;
  const char *data;
  gsize len;

  if (chunk == NULL)
    {
      end (task, error);
      return;
    }
  data = g_bytes_get_data (chunk, &len);
  if (len == 0)
    {
      on_end_of_line (task, attempt);
      return;
    }
  progress = oh_http_reply_feed (attempt->reply, oh_slice (data, len));
  if (progress == OH_HTTP_COMPLETE)
    end (task, NULL);
  else if (progress != OH_HTTP_MORE)
    end_broken (task, progress);
  else
    {
      if (!had_head && attempt->reply->status != 0)
        set_limit (attempt, OH_SNOM_PAGE_US);
      read_more (g_steal_pointer (&task));
    }
}

static void
read_more (GTask *owned)
{
  Attempt *attempt = g_task_get_task_data (owned);
  GIOStream *stream = oh_snom_line_begin (g_task_get_source_object (owned));

  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (stream), READ_CHUNK,
                                   G_PRIORITY_DEFAULT, attempt->inner, on_chunk, owned);
}

/* -- writing ---------------------------------------------------------------------------------- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    read_more (g_steal_pointer (&task));
  else
    end (task, error);
}

static void
write_request (GTask *owned)
{
  Attempt *attempt = g_task_get_task_data (owned);
  GIOStream *stream = oh_snom_line_begin (g_task_get_source_object (owned));

  if (stream == NULL) /* closed since it was opened: another rule of trust has come */
    {
      end (owned, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "the connection was closed"));
      g_object_unref (owned);
      return;
    }
  attempt->exchange->sent = TRUE; /* from here on some of it may have left */
  set_limit (attempt, OH_SNOM_ANSWER_US);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), attempt->request->str,
                                   attempt->request->len, G_PRIORITY_DEFAULT, attempt->inner,
                                   on_written, owned);
}

static void
on_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  OhSnomExchange *exchange = attempt->exchange;
  GError *error = NULL;

  if (oh_snom_line_open_finish (OH_SNOM_LINE (source), result, &error))
    {
      write_request (g_steal_pointer (&task));
      return;
    }
  exchange->refused = error->domain == OH_ERROR;
  exchange->timed_out = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  end (task, error);
}

/* -- the beginning ---------------------------------------------------------------------------- */

static GString *
compose (const OhSnomRequestLine *request)
{
  const OhSnomPlace *place = &request->place;
  gboolean v6 = strchr (place->host, ':') != NULL;
  GString *out = g_string_sized_new (1024);

  g_string_append_printf (out, "%s %s HTTP/1.1\r\nHost: %s%s%s", request->method, request->target,
                          v6 ? "[" : "", place->host, v6 ? "]" : "");
  if (place->port != (place->secure ? HTTPS_PORT : HTTP_PORT))
    g_string_append_printf (out, ":%u", place->port);
  g_string_append (out, "\r\nUser-Agent: offhook/" OH_VERSION "\r\nAccept: */*\r\n");
  if (request->authorization != NULL)
    g_string_append_printf (out, "Authorization: %s\r\n", request->authorization);
  if (request->form != NULL)
    g_string_append_printf (out,
                            "Content-Type: application/x-www-form-urlencoded\r\n"
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            strlen (request->form));
  /* some firmware answers nothing at all without it; the minibrowser's page hangs with it */
  g_string_append_printf (out, "%s\r\n",
                          g_str_has_prefix (request->target, OH_SNOM_MINIBROWSER_PAGE)
                            ? ""
                            : "Connection: keep-alive\r\n");
  if (request->form != NULL)
    g_string_append (out, request->form);
  return out;
}

static Attempt *
new_attempt (const OhSnomRequestLine *request, OhClock *clock, GCancellable *cancellable)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->exchange = g_new0 (OhSnomExchange, 1);
  attempt->exchange->body = g_byte_array_new ();
  attempt->reply = oh_http_reply_new (OH_SNOM_PAGE_MAX);
  attempt->clock = g_object_ref (clock);
  attempt->place = request->place;
  attempt->place.host = g_strdup (request->place.host);
  attempt->request = compose (request);
  attempt->summary = g_strdup_printf (
    "%s %.*s", request->method,
    (int) (request->secret ? strcspn (request->target, "?") : strlen (request->target)),
    request->target);
  attempt->inner = g_cancellable_new ();
  g_set_object (&attempt->outer, cancellable);
  if (cancellable != NULL)
    attempt->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_given_up),
                                               g_object_ref (attempt->inner), g_object_unref);
  return attempt;
}

void
oh_snom_exchange_async (OhSnomLine *line, const OhSnomRequestLine *request, OhClock *clock,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (line, NULL, callback, user_data);
  Attempt *attempt = new_attempt (request, clock, cancellable);

  g_task_set_source_tag (task, oh_snom_exchange_async);
  g_task_set_task_data (task, attempt, attempt_free);
  tap (attempt, "phone-request: %s", attempt->summary);
  if (oh_snom_line_is_open (line, &attempt->place, request->alone))
    write_request (task);
  else
    oh_snom_line_open_async (line, &attempt->place, attempt->inner, on_open, task);
}

OhSnomExchange *
oh_snom_exchange_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
