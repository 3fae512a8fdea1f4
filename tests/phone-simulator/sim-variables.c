/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-variables.h"

typedef char *(*Variable) (SimMoment *moment);

static const char *
identity_setting (SimMoment *moment, const char *stem)
{
  SimPhone *phone = moment->phone;
  guint number = moment->call != NULL ? moment->call->identity : sim_phone_active_identity (phone);

  return sim_settings_identity (phone->settings, stem, number);
}

static char *
identity_uri (SimMoment *moment)
{
  return g_strdup_printf ("%s@%s", identity_setting (moment, "user_name"),
                          identity_setting (moment, "user_host"));
}

static char *
local (SimMoment *moment)
{
  return moment->call != NULL ? identity_uri (moment) : g_strdup ("");
}

static char *
remote (SimMoment *moment)
{
  if (moment->call == NULL || *moment->call->number == '\0')
    return g_strdup ("");
  return g_strdup_printf ("%s@%s", moment->call->number, identity_setting (moment, "user_host"));
}

static char *
display_local (SimMoment *moment)
{
  return g_strdup (moment->call != NULL ? identity_setting (moment, "user_realname") : "");
}

static char *
display_remote (SimMoment *moment)
{
  return g_strdup (moment->call != NULL ? moment->call->name : "");
}

static char *
call_id (SimMoment *moment)
{
  return g_strdup (moment->call != NULL ? moment->call->call_id : "");
}

static char *
csta_id (SimMoment *moment)
{
  return moment->call != NULL ? g_strdup_printf ("%u", moment->call->id) : g_strdup ("");
}

static char *
cancel_reason (SimMoment *moment)
{
  return g_strdup (moment->call != NULL ? moment->call->cancel_reason : "");
}

static char *
active_user (SimMoment *moment)
{
  return g_strdup (identity_setting (moment, "user_name"));
}

static char *
active_host (SimMoment *moment)
{
  return g_strdup (identity_setting (moment, "user_host"));
}

static char *
active_line (SimMoment *moment)
{
  guint number =
    moment->call != NULL ? moment->call->identity : sim_phone_active_identity (moment->phone);

  return g_strdup_printf ("%u", number);
}

static char *
outgoing_identity (SimMoment *moment)
{
  return moment->call != NULL && moment->call->outgoing ? active_line (moment) : g_strdup ("");
}

static char *
incoming_identity (SimMoment *moment)
{
  return moment->call != NULL && !moment->call->outgoing ? active_line (moment) : g_strdup ("");
}

static char *
nr_ongoing_calls (SimMoment *moment)
{
  return g_strdup_printf ("%u", sim_calls_count (moment->phone->calls));
}

static char *
phone_ip (SimMoment *moment)
{
  return g_strdup (moment->phone->address);
}

static char *
active_key (SimMoment *moment)
{
  char *line = active_line (moment);
  char *key = moment->call != NULL ? g_strconcat ("P", line, NULL) : g_strdup ("");

  g_free (line);
  return key;
}

static char *
longpress_key (SimMoment *moment)
{
  return g_strdup (moment->phone->longpress_key != NULL ? moment->phone->longpress_key : "");
}

static char *
context_url (SimMoment *moment)
{
  SimPhone *phone = moment->phone;

  if (phone->context_identity == 0)
    return g_strdup ("");
  return g_strdup_printf (
    "sip:%s@%s", sim_settings_identity (phone->settings, "user_name", phone->context_identity),
    sim_settings_identity (phone->settings, "user_host", phone->context_identity));
}

static char *
firmware (SimMoment *moment)
{
  return g_strdup (moment->phone->kind->firmware);
}

static char *
model (SimMoment *moment)
{
  return g_strdup (moment->phone->kind->model);
}

static char *
empty (SimMoment *moment)
{
  return g_strdup ("");
}

static const struct
{
  const char *name;
  Variable value;
} variables[] = {
  { "local", local },
  { "remote", remote },
  { "display_local", display_local },
  { "display_remote", display_remote },
  { "call-id", call_id },
  { "csta_id", csta_id },
  { "cancel_reason", cancel_reason },
  { "active_url", identity_uri },
  { "active_user", active_user },
  { "active_host", active_host },
  { "active_line", active_line },
  { "active_key", active_key },
  { "outgoing_identity", outgoing_identity },
  { "incoming_identity", incoming_identity },
  { "nr_ongoing_calls", nr_ongoing_calls },
  { "phone_ip", phone_ip },
  { "local_ip", phone_ip },
  { "longpress_key", longpress_key },
  { "context_url", context_url },
  { "expansion_module", empty },
};

/* What Yealink's phones call things; "call-id" is unknown there. */
static const struct
{
  const char *name;
  Variable value;
} yealinks[] = {
  { "call_id", csta_id },
  { "model", model },
  { "firmware", firmware },
  { "ip", phone_ip },
  { "local", local },
  { "remote", remote },
  { "display_local", display_local },
  { "display_remote", display_remote },
  { "active_url", identity_uri },
  { "active_user", active_user },
  { "active_host", active_host },
};

static Variable
find_variable (SimPhone *phone, const char *name)
{
  if (phone->kind->events == SIM_EVENTS_YEALINK)
    {
      for (guint i = 0; i < G_N_ELEMENTS (yealinks); i++)
        if (g_str_equal (yealinks[i].name, name))
          return yealinks[i].value;
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    if (g_str_equal (variables[i].name, name))
      return variables[i].value;
  return NULL;
}

static gboolean
is_unknown_here (SimPhone *phone, const char *name)
{
  const char *list = sim_knobs_get (phone->knobs, SIM_KNOB_UNKNOWN_VARIABLES);
  g_auto (GStrv) names = g_strsplit (list, ",", -1);

  return g_strv_contains ((const char *const *) names, name);
}

const char *
sim_variables_lookup (const char *name, gpointer user_data)
{
  SimMoment *moment = user_data;
  SimPhone *phone = moment->phone;
  Variable value;

  if (is_unknown_here (phone, name))
    return NULL;
  value = find_variable (phone, name);
  if (value != NULL)
    {
      g_free (moment->last);
      moment->last = value (moment);
      return moment->last;
    }
  if (!sim_settings_has (phone->settings, name))
    return NULL;
  return sim_settings_is_secret (name) ? "" : sim_settings_get (phone->settings, name);
}
