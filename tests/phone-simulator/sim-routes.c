/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-routes.h"

#include "sim-commands.h"
#include "sim-pages.h"
#include "sim-query.h"
#include "sim-report.h"
#include "sim-yealink.h"

#include <string.h>

#define SLOW_MS 8000
/* Long enough for any event to be out before the answer. */
#define EVENT_FIRST_MS 500

/* Faults that keep the command from being obeyed come before it, the others spoil the answer. */
typedef enum
{
  BEFORE_307,
  BEFORE_401,
  BEFORE_STALE,
  BEFORE_BLOCKED,
  BEFORE_403,
  BEFORE_404,
  BEFORE_SPA,
  AFTER_FAULT,
  AFTER_DELAY,
  EVENT_FAULT,
} FaultKind;

/* clang-format off */
static const struct { const char *name; FaultKind kind; gint64 value; } faults[] = {
  { "empty", AFTER_FAULT, SIM_FAULT_EMPTY },
  { "reset", AFTER_FAULT, SIM_FAULT_RESET },
  { "truncate", AFTER_FAULT, SIM_FAULT_TRUNCATE },
  { "no-length", AFTER_FAULT, SIM_FAULT_NO_LENGTH },
  { "wrong-length", AFTER_FAULT, SIM_FAULT_WRONG_LENGTH },
  { "delay", AFTER_DELAY, SLOW_MS },
  { "event-first", AFTER_DELAY, EVENT_FIRST_MS },
  { "307", BEFORE_307, 0 },
  { "401", BEFORE_401, 0 },
  { "stale", BEFORE_STALE, 0 },
  { "blocked", BEFORE_BLOCKED, 0 },
  { "403", BEFORE_403, 0 },
  { "404", BEFORE_404, 0 },
  { "spa", BEFORE_SPA, 0 },
  { "duplicate-event", EVENT_FAULT, SIM_EVENT_FAULT_DUPLICATE },
  { "missing-event", EVENT_FAULT, SIM_EVENT_FAULT_MISSING },
  { "swap-events", EVENT_FAULT, SIM_EVENT_FAULT_SWAP },
};
/* clang-format on */

static gint
find_fault (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].name, name))
      return (gint) i;
  return -1;
}

char *
sim_routes_faults (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", faults[i].name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
sim_routes_fail_next (SimPhone *phone, const char *mode, GError **error)
{
  gint found = find_fault (mode);

  if (found < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no fault “%s”", mode);
      return FALSE;
    }
  if (faults[found].kind == EVENT_FAULT)
    {
      sim_actions_fail_next (phone->actions, (SimEventFault) faults[found].value);
      return TRUE;
    }
  g_free (phone->fail_next);
  phone->fail_next = g_strdup (mode);
  return TRUE;
}

/* Answers that need no page */

static void
reply_challenge (SimPhone *phone, SimReply *reply, gboolean stale)
{
  g_autofree char *challenge = sim_auth_challenge (phone->auth, stale);

  reply->status = 401;
  reply->headers = g_strdup_printf ("WWW-Authenticate: %s\r\n", challenge);
  reply->html = sim_page ("Unauthorized", "<P>Login required.</P>");
}

static void
reply_blocked (SimPhone *phone, SimReply *reply, gint64 left_s)
{
  gboolean forbidden = sim_knobs_is (phone->knobs, SIM_KNOB_LOCKOUT_PAGE, "403");

  reply->status = forbidden ? 403 : 200;
  reply->html = forbidden ? sim_page_error () : sim_page_blocked (phone, left_s);
}

static void
reply_error (SimReply *reply, guint status)
{
  reply->status = status;
  reply->html = sim_page_error ();
}

/* To the https port, under the name that the client used. */
static void
reply_redirect (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const char *header = sim_exchange_header (visit->exchange, "host");
  g_autofree char *host = g_strdup (header != NULL ? header : phone->address);
  char *colon = strrchr (host, ':');

  if (colon != NULL && strchr (colon, ']') == NULL)
    *colon = '\0';
  reply->status = 307;
  reply->headers = g_strdup_printf ("Location: https://%s:%u%s\r\n", host,
                                    sim_http_port (phone->http, TRUE), visit->request->target);
}

static void
reply_single_page (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  if (g_str_equal (visit->request->path, "/command.htm") &&
      sim_knobs_is (phone->knobs, SIM_KNOB_SPA_COMMAND, "404"))
    reply->status = 404;
  reply->html = sim_page_single ();
}

/* A fault that was asked for and keeps the request from its page. */
static gboolean
fails_before (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  gint found = phone->fail_next != NULL ? find_fault (phone->fail_next) : -1;
  FaultKind kind = found >= 0 ? faults[found].kind : AFTER_FAULT;

  if (found < 0)
    return FALSE;
  if (kind == AFTER_FAULT)
    reply->fault = (SimFault) faults[found].value;
  else if (kind == AFTER_DELAY)
    reply->delay_ms = faults[found].value;
  else if (kind == BEFORE_307)
    reply_redirect (phone, visit, reply);
  else if (kind == BEFORE_401 || kind == BEFORE_STALE)
    reply_challenge (phone, reply, kind == BEFORE_STALE);
  else if (kind == BEFORE_BLOCKED)
    reply_blocked (phone, reply, sim_knobs_number (phone->knobs, SIM_KNOB_LOCKOUT_TIME));
  else if (kind == BEFORE_SPA)
    reply->html = sim_page_single ();
  else
    reply_error (reply, kind == BEFORE_403 ? 403 : 404);
  g_clear_pointer (&phone->fail_next, g_free);
  return kind != AFTER_FAULT && kind != AFTER_DELAY;
}

static gboolean
asks_keep_alive (SimVisit *visit)
{
  const char *connection = sim_exchange_header (visit->exchange, "connection");

  return connection != NULL && g_ascii_strcasecmp (connection, "keep-alive") == 0;
}

/* The embedded server at its limits. */
static gboolean
stumbles (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  if (phone->kind->server == SIM_SERVER_HALF)
    reply->fault = SIM_FAULT_TRUNCATE;
  else if (sim_http_busy (phone->http) > 1 &&
           sim_knobs_is (phone->knobs, SIM_KNOB_CONCURRENT, "truncate"))
    reply->fault = SIM_FAULT_TRUNCATE;
  else if (!asks_keep_alive (visit) && sim_knobs_is (phone->knobs, SIM_KNOB_KEEP_ALIVE, "required"))
    reply->fault = SIM_FAULT_EMPTY;
  return reply->fault != SIM_FAULT_NONE;
}

/* Whether the login opens the door; otherwise @reply says why not. */
static gboolean
may_enter (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const SimRequest *request = visit->request;
  SimAuthVerdict verdict = sim_auth_check (phone->auth, request->method, request->target,
                                           sim_exchange_header (visit->exchange, "authorization"),
                                           request->address, &visit->login);
  gint64 left_s = sim_lockout_left_s (phone->lockout, request->address);

  if ((verdict == SIM_AUTH_OPEN || verdict == SIM_AUTH_OK) &&
      !sim_knobs_is (phone->knobs, SIM_KNOB_LOGIN_LOOP, "yes"))
    return TRUE;
  if (left_s > 0) /* also when this very request was the last straw */
    reply_blocked (phone, reply, left_s);
  else
    reply_challenge (phone, reply, verdict == SIM_AUTH_STALE);
  return FALSE;
}

static void
reply_yealink (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  if (sim_yealink_is_command (visit) &&
      (!sim_yealink_may_command (phone, visit, reply) || !may_enter (phone, visit, reply)))
    return;
  sim_yealink_serve (phone, visit, reply);
}

static void
serve (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const SimRequest *request = visit->request;
  SimCommand command = sim_commands_find (phone, request->path);

  if (stumbles (phone, visit, reply) || fails_before (phone, visit, reply))
    return;
  if (!request->secure && g_str_equal (phone->booted_webserver, "https"))
    reply_redirect (phone, visit, reply);
  else if (phone->kind->server == SIM_SERVER_SPA)
    reply_single_page (phone, visit, reply);
  else if (phone->kind->server == SIM_SERVER_DECT)
    reply->html = sim_page_base (phone);
  else if (phone->kind->server == SIM_SERVER_YEALINK)
    reply_yealink (phone, visit, reply);
  else if (!may_enter (phone, visit, reply))
    return;
  else if (command == NULL)
    reply_error (reply, 404);
  else
    command (phone, visit, reply);
}

/* Sending and telling */

static void
report (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  static const char *const fault_names[] = { NULL,       "empty",     "reset",
                                             "truncate", "no-length", "wrong-length" };
  const SimRequest *request = visit->request;
  g_autofree char *query = sim_query_for_log (request->query, sim_settings_is_secret);
  JsonObject *line = sim_report_new ("request");

  sim_report_set (line, "method", request->method);
  sim_report_set (line, "path", request->path);
  sim_report_set (line, "query", query);
  json_object_set_int_member (line, "status", reply->status);
  sim_report_set (line, "fault", fault_names[reply->fault]);
  sim_report_set (line, "user", visit->login.user);
  sim_report_set (line, "authorization", visit->login.scheme);
  json_object_set_boolean_member (line, "secure", request->secure);
  sim_report_set (line, "peer", request->address);
  g_queue_push_tail (phone->requests, json_object_ref (line));
  if (phone->requests->length > SIM_REQUEST_LOG_MAX)
    json_object_unref (g_queue_pop_head (phone->requests));
  sim_report_send (line);
}

static GBytes *
body_of (SimPhone *phone, SimReply *reply)
{
  gsize length = 0;
  char *latin1 = NULL;

  if (reply->bytes != NULL)
    return g_bytes_ref (reply->bytes);
  if (phone->kind->latin1)
    latin1 =
      g_convert_with_fallback (reply->html, -1, "ISO-8859-1", "UTF-8", "?", NULL, &length, NULL);
  if (latin1 != NULL)
    return g_bytes_new_take (latin1, length);
  return g_bytes_new (reply->html, strlen (reply->html));
}

static const char *
server_name (SimPhone *phone)
{
  if (phone->kind->server == SIM_SERVER_YEALINK)
    return "yealink embed httpd";
  return phone->kind->server == SIM_SERVER_DECT ? NULL : "snom embedded";
}

static void
send_reply (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  g_autoptr (GBytes) body = body_of (phone, reply);
  const char *html =
    phone->kind->latin1 ? "text/html; charset=ISO-8859-1" : "text/html; charset=utf-8";
  gboolean no_length = sim_knobs_is (phone->knobs, SIM_KNOB_NO_LENGTH, "yes");
  SimAnswer answer = {
    .status = reply->status,
    .server = server_name (phone),
    .headers = reply->headers,
    .type = reply->type != NULL ? reply->type : html,
    .body = body,
    .keep_alive =
      asks_keep_alive (visit) && !sim_knobs_is (phone->knobs, SIM_KNOB_KEEP_ALIVE, "never"),
    .fault = reply->fault == SIM_FAULT_NONE && no_length ? SIM_FAULT_NO_LENGTH : reply->fault,
    .delay_ms = reply->delay_ms + sim_knobs_number (phone->knobs, SIM_KNOB_HTTP_DELAY),
  };

  sim_http_answer (visit->exchange, &answer);
}

void
sim_routes_handle (SimPhone *phone, SimExchange *exchange)
{
  const SimRequest *request = sim_exchange_request (exchange);
  g_autoptr (GPtrArray) fields = sim_query_new ();
  g_autoptr (GPtrArray) form = sim_query_new ();
  SimVisit visit = { exchange, request, { NULL, NULL, SIM_LEVEL_NOBODY }, fields, form };
  SimReply reply = { 0 };

  sim_query_parse (fields, request->query);
  sim_query_parse (fields, request->body);
  sim_query_parse (form, request->body);
  serve (phone, &visit, &reply);
  if (reply.status == 0)
    reply.status = 200;
  if (reply.html == NULL)
    reply.html = sim_page (sim_settings_get (phone->settings, "phone_name"), "<P>OK</P>");
  report (phone, &visit, &reply);
  send_reply (phone, &visit, &reply);
  g_free (reply.headers);
  g_free (reply.html);
  g_clear_pointer (&reply.bytes, g_bytes_unref);
  sim_login_clear (&visit.login);
}
