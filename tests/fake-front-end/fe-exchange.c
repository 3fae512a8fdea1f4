/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-exchange.h"

#include <string.h>

#include "fe-event.h"
#include "fe-value.h"

FeExchange *
fe_exchange_new (FeWire *wire, FePeople *people, FeConnection *connection, FeMessage *request)
{
  FeExchange *self = g_new0 (FeExchange, 1);
  const char *from = fe_message_get (request, "From");
  g_autofree char *uri = from != NULL ? fe_value_uri (from) : g_strdup ("");

  self->wire = wire;
  self->connection = g_object_ref (connection);
  self->request = request;
  self->aor = fe_value_aor (uri);
  self->epid = from != NULL ? fe_value_parameter (from, "epid") : NULL;
  if (self->epid == NULL)
    self->epid = g_strdup ("");
  self->person = fe_people_find (people, self->aor);
  return self;
}

void
fe_exchange_free (FeExchange *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->connection);
  fe_message_free (self->request);
  g_clear_pointer (&self->association, fe_association_unref);
  g_clear_pointer (&self->via, fe_association_unref);
  g_free (self->aor);
  g_free (self->epid);
  g_free (self);
}

/* RFC 1123 in English, whatever the locale (RFC 3261 20.17). */
static char *
date_text (const FeConfig *config)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) right = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) now = g_date_time_add_seconds (right, config->date_offset_s);

  return g_strdup_printf (
    "%s, %02d %s %d %02d:%02d:%02d GMT", days[g_date_time_get_day_of_week (now) - 1],
    g_date_time_get_day_of_month (now), months[g_date_time_get_month (now) - 1],
    g_date_time_get_year (now), g_date_time_get_hour (now), g_date_time_get_minute (now),
    g_date_time_get_second (now));
}

FeMessage *
fe_exchange_response (const FeExchange *self, guint status, const char *reason)
{
  static const char *const products[] = { "RTC/2.0", "RTC/3.0", "RTC/3.5" };
  const FeConfig *config = fe_wire_get_config (self->wire);
  FeMessage *response = fe_message_new_response (self->request, status, reason);
  g_autofree char *date = date_text (config);

  fe_message_add (response, "Server", "%s", products[CLAMP (config->version, 2, 4) - 2]);
  if (strcmp (self->request->method, "REGISTER") == 0 || status == 401 || status == 407)
    fe_message_add (response, "Date", "%s", date);
  if (config->edge)
    fe_message_add (response, "ms-user-logon-data", "RemoteUser");
  return response;
}

void
fe_exchange_send (const FeExchange *self, FeMessage *response)
{
  fe_wire_send (self->wire, self->connection, self->association, response);
}

void
fe_exchange_refuse (const FeExchange *self, guint status, const char *diagnostics)
{
  g_autoptr (FeMessage) response = fe_exchange_response (self, status, fe_reason_phrase (status));

  if (diagnostics != NULL)
    {
      gsize id = strcspn (diagnostics, ";");

      fe_message_add (response, "ms-diagnostics", "%.*s;source=\"%s\"%s", (int) id, diagnostics,
                      fe_wire_get_config (self->wire)->server, diagnostics + id);
    }
  fe_event ("refused", "user:u", self->aor, "method:s", self->request->method, "status:i",
            (int) status, "reason:s", diagnostics, NULL);
  fe_exchange_send (self, response);
}

const char *
fe_reason_phrase (guint status)
{
  static const struct
  {
    guint status;
    const char *phrase;
  } phrases[] = {
    { 200, "OK" },
    { 301, "Moved Permanently" },
    { 302, "Moved Temporarily" },
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 407, "Proxy Authentication Required" },
    { 408, "Request Timeout" },
    { 409, "Conflict" },
    { 415, "Unsupported Media Type" },
    { 420, "Bad Extension" },
    { 480, "Temporarily Unavailable" },
    { 481, "Call Leg/Transaction Does Not Exist" },
    { 486, "Busy Here" },
    { 488, "Not Acceptable Here" },
    { 489, "Bad Event" },
    { 500, "Server Internal Error" },
    { 501, "Not Implemented" },
    { 503, "Service Unavailable" },
    { 504, "Server Time-out" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (phrases[i].status == status)
      return phrases[i].phrase;
  return "Because";
}
