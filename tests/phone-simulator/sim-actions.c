/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-actions.h"

#include "sim-report.h"

#include <string.h>

/* How long after a failure the variant "event-retry" tries once more. */
#define RETRY_MS 5000
/* Bytes looked at of a receiver's answer. */
#define ANSWER_MAX 4096

typedef struct
{
  SimActions *actions;
  const char *name; /* of the event */
  char *url;        /* (owned) */
  guint attempt;    /* from 1 */
  guint alarm;
} Action;

struct _SimActions
{
  SimClock *clock;
  SimKnobs *knobs;
  SimSettings *settings;
  SimEventSet have;
  char *agent;           /* (owned) */
  GSocketClient *client; /* (owned) */
  GTlsDatabase *trust;   /* (owned) (nullable) */
  GList *delayed;        /* (owned) (element-type Action): waiting for their moment */
  GQueue queue;          /* (element-type Action): due */
  Action *sending;       /* (owned) (nullable) */
  Action *swapped;       /* (owned) (nullable): goes after the next one */
  SimEventFault fault;
  /* of the request on its way: */
  GCancellable *cancellable;     /* (owned) (nullable) */
  GSocketConnection *connection; /* (owned) (nullable) */
  guint timeout; /* in real time: a test that pushes the clock must not cut a receiver short */
  gboolean timed_out;
  gsize got;
  char answer[ANSWER_MAX + 1];
};

static void send_next (SimActions *self);

static void
action_free (gpointer data)
{
  Action *action = data;

  sim_clock_remove (action->actions->clock, &action->alarm);
  g_free (action->url);
  g_free (action);
}

/* Whether the receiver's certificate is good enough; asked only when the usual check failed. */
static gboolean
on_certificate (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags errors,
                SimActions *self)
{
  if (self->trust == NULL)
    return TRUE;
  if (!sim_settings_on (self->settings, "check_fqdn_against_server_cert"))
    errors &= ~(guint) G_TLS_CERTIFICATE_BAD_IDENTITY;
  return errors == 0;
}

static void
on_client_event (GSocketClient *client, GSocketClientEvent event, GSocketConnectable *target,
                 GIOStream *stream, SimActions *self)
{
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;
  if (self->trust != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), self->trust);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_certificate), self);
}

SimActions *
sim_actions_new (SimClock *clock, SimKnobs *knobs, SimSettings *settings, SimEventSet have,
                 const char *firmware)
{
  SimActions *self = g_new0 (SimActions, 1);

  self->clock = clock;
  self->knobs = knobs;
  self->settings = settings;
  self->have = have;
  self->agent = g_strdup_printf ("Mozilla/4.0 (compatible; %s)", firmware);
  self->client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (self->client, FALSE);
  g_signal_connect (self->client, "event", G_CALLBACK (on_client_event), self);
  g_queue_init (&self->queue);
  return self;
}

void
sim_actions_lose (SimActions *self)
{
  g_list_free_full (g_steal_pointer (&self->delayed), action_free);
  g_queue_clear_full (&self->queue, action_free);
  g_clear_pointer (&self->swapped, action_free);
}

void
sim_actions_free (SimActions *self)
{
  sim_actions_lose (self);
  g_clear_pointer (&self->sending, action_free);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->trust);
  g_object_unref (self->client);
  g_free (self->agent);
  g_free (self);
}

void
sim_actions_set_source (SimActions *self, const char *address)
{
  g_autoptr (GSocketAddress) local =
    address != NULL ? g_inet_socket_address_new_from_string (address, 0) : NULL;

  g_socket_client_set_local_address (self->client, local);
}

void
sim_actions_set_trust (SimActions *self, GTlsDatabase *database)
{
  g_set_object (&self->trust, database);
}

void
sim_actions_fail_next (SimActions *self, SimEventFault fault)
{
  self->fault = fault;
}

/* The end of one request */

static void
report (Action *action, const char *problem)
{
  SimActions *self = action->actions;
  JsonObject *line = sim_report_new ("action");
  g_auto (GStrv) words = g_strsplit (self->answer, " ", 3);
  gboolean answered = problem == NULL && g_str_has_prefix (self->answer, "HTTP/1.");

  sim_report_set (line, "name", action->name);
  sim_report_set (line, "url", action->url);
  json_object_set_int_member (line, "attempt", action->attempt);
  if (answered && words[1] != NULL)
    json_object_set_int_member (line, "status", g_ascii_strtoll (words[1], NULL, 10));
  else
    json_object_set_null_member (line, "status");
  sim_report_set (line, "error", answered ? NULL : problem != NULL ? problem : "no answer");
  sim_report_send (line);
}

static void
on_retry_due (gpointer user_data)
{
  Action *action = user_data;
  SimActions *self = action->actions;

  action->alarm = 0;
  self->delayed = g_list_remove (self->delayed, action);
  g_queue_push_tail (&self->queue, action);
  send_next (self);
}

static void
done (SimActions *self, const GError *error)
{
  Action *action = g_steal_pointer (&self->sending);
  gboolean failed = error != NULL || self->got == 0;

  report (action, self->timed_out ? "timeout" : error != NULL ? error->message : NULL);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  if (failed && action->attempt == 1 && sim_knobs_is (self->knobs, SIM_KNOB_EVENT_RETRY, "yes"))
    {
      action->attempt++;
      self->delayed = g_list_prepend (self->delayed, action);
      action->alarm = sim_clock_add (self->clock, RETRY_MS, on_retry_due, action);
    }
  else
    action_free (action);
  send_next (self);
}

static gboolean
on_timeout (gpointer user_data)
{
  SimActions *self = user_data;

  self->timeout = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

/* The way through one request: connect, write, read to the end */

static void on_read (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_more (SimActions *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                             self->answer + self->got, ANSWER_MAX - self->got, G_PRIORITY_DEFAULT,
                             self->cancellable, on_read, self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimActions *self = user_data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->got += (gsize) MAX (n, 0);
  self->answer[self->got] = '\0';
  if (n > 0 && self->got < ANSWER_MAX && strstr (self->answer, "\r\n\r\n") == NULL)
    read_more (self);
  else
    done (self, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimActions *self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    read_more (self);
  else
    done (self, error);
}

/* "https://host:port/rest" cut in pieces by hand: what a phone sends need not be a valid URI. */
static gboolean
split_url (const char *url, gboolean *secure, char **host, char **rest)
{
  const char *start = strstr (url, "://");
  gsize length;

  *secure = g_str_has_prefix (url, "https://");
  if (start == NULL || (!*secure && !g_str_has_prefix (url, "http://")))
    return FALSE;
  start += 3;
  length = strcspn (start, "/?#");
  *host = g_strndup (start, length);
  start += length;
  length = strcspn (start, "#");
  *rest = g_strdup_printf ("%s%.*s", *start == '/' ? "" : "/", (int) length, start);
  return **host != '\0';
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimActions *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *host = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *request = NULL;
  gboolean secure;

  self->connection =
    g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);
  if (self->connection == NULL)
    {
      done (self, error);
      return;
    }
  split_url (self->sending->url, &secure, &host, &rest);
  request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\n"
                             "Connection: close\r\n\r\n",
                             rest, host, self->agent);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (self->connection)),
                                   request, strlen (request), G_PRIORITY_DEFAULT, self->cancellable,
                                   on_written, self);
  g_object_set_data_full (G_OBJECT (self->connection), "request", g_steal_pointer (&request),
                          g_free); /* lives as long as the write */
}

static void
send_next (SimActions *self)
{
  g_autofree char *host = NULL;
  g_autofree char *rest = NULL;
  gboolean secure = FALSE;

  if (self->sending != NULL || self->queue.length == 0)
    return;
  self->sending = g_queue_pop_head (&self->queue);
  self->got = 0;
  self->answer[0] = '\0';
  self->timed_out = FALSE;
  if (!split_url (self->sending->url, &secure, &host, &rest))
    {
      g_autoptr (GError) error =
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not a URL");

      done (self, error);
      return;
    }
  self->cancellable = g_cancellable_new ();
  self->timeout = g_timeout_add ((guint) sim_knobs_number (self->knobs, SIM_KNOB_EVENT_TIMEOUT),
                                 on_timeout, self);
  g_socket_client_set_tls (self->client, secure);
  g_socket_client_connect_to_host_async (self->client, host, secure ? 443 : 80, self->cancellable,
                                         on_connected, self);
}

/* Events */

static void
on_event_due (gpointer user_data)
{
  Action *action = user_data;
  SimActions *self = action->actions;

  action->alarm = 0;
  self->delayed = g_list_remove (self->delayed, action);
  g_queue_push_tail (&self->queue, action);
  if (self->swapped != NULL && self->swapped != action)
    g_queue_push_tail (&self->queue, g_steal_pointer (&self->swapped));
  send_next (self);
}

static Action *
action_new (SimActions *self, const char *name, const char *url)
{
  Action *action = g_new0 (Action, 1);

  action->actions = self;
  action->name = name;
  action->url = g_strdup (url);
  action->attempt = 1;
  return action;
}

static void
schedule (SimActions *self, Action *action, gint64 later_ms)
{
  gint64 delay_ms = sim_knobs_number (self->knobs, SIM_KNOB_EVENT_DELAY) + later_ms;

  self->delayed = g_list_prepend (self->delayed, action);
  action->alarm = sim_clock_add (self->clock, delay_ms, on_event_due, action);
}

static SimExpandMode
expand_mode (SimActions *self)
{
  static const char *const names[] = { "encoded", "raw", "raw-spaces", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (sim_knobs_is (self->knobs, SIM_KNOB_EXPAND, names[i]))
      return i;
  return SIM_EXPAND_ENCODED;
}

void
sim_actions_fire (SimActions *self, SimEvent event, gint64 later_ms, SimLookup lookup,
                  gpointer user_data)
{
  const SimEventKind *kind = sim_event_kind (event);
  const char *name = self->have == SIM_EVENTS_YEALINK ? kind->yealink : kind->setting;
  const char *setting = name != NULL ? sim_settings_get (self->settings, name) : "";
  g_autofree char *url = NULL;
  SimEventFault fault = self->fault;

  if (kind->since > self->have || *setting == '\0')
    return;
  url = sim_expand (setting, expand_mode (self), lookup, user_data);
  self->fault = SIM_EVENT_FAULT_NONE;
  if (fault == SIM_EVENT_FAULT_MISSING)
    return;
  if (fault == SIM_EVENT_FAULT_SWAP)
    {
      g_clear_pointer (&self->swapped, action_free);
      self->swapped = action_new (self, kind->name, url);
      return;
    }
  schedule (self, action_new (self, kind->name, url), later_ms);
  if (fault == SIM_EVENT_FAULT_DUPLICATE)
    schedule (self, action_new (self, kind->name, url), later_ms);
}

void
sim_actions_fetch (SimActions *self, const char *name, const char *url)
{
  schedule (self, action_new (self, name, url), 0);
}
