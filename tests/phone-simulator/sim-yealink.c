/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-yealink.h"

#include "sim-keys.h"
#include "sim-query.h"

#include <string.h>

#define FORBIDDEN "<P>remote control forbidden</P>"
#define LOGIN_PAGE "/servlet?m=mod_listener&p=login&q=loginForm"

static const char *const paths[] = { "/servlet", "/cgi-bin/ConfigManApp.com",
                                     "/cgi-bin/cgiServer.exx", NULL };

static const SimPair *
first_field (SimVisit *visit)
{
  return visit->fields->len > 0 ? g_ptr_array_index (visit->fields, 0) : NULL;
}

/* The variable counts only in the first place of the query. */
gboolean
sim_yealink_is_command (SimVisit *visit)
{
  static const char *const names[] = { "key", "phonecfg", "number", NULL };
  const SimPair *first = first_field (visit);

  return g_strv_contains (paths, visit->request->path) && first != NULL &&
         g_strv_contains (names, first->name);
}

/* Who may command */

static gboolean
address_fits (const char *pattern, const char *address)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, ".", -1);
  g_auto (GStrv) seen = g_strsplit (address, ".", -1);

  if (g_strv_length (wanted) != g_strv_length (seen))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_str_equal (wanted[i], "*") && !g_str_equal (wanted[i], seen[i]))
      return FALSE;
  return TRUE;
}

/* Blank is nobody, "any" is everybody. */
static gboolean
is_listed (SimPhone *phone, const char *address)
{
  const char *list = sim_settings_get (phone->settings, "features.action_uri_limit_ip");
  g_auto (GStrv) patterns = g_strsplit (list, ",", -1);

  if (g_str_equal (list, "any"))
    return TRUE;
  for (guint i = 0; patterns[i] != NULL; i++)
    if (address_fits (g_strstrip (patterns[i]), address))
      return TRUE;
  return FALSE;
}

gboolean
sim_yealink_may_command (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const char *why = NULL;

  if (g_str_equal (sim_settings_get (phone->settings, "features.action_uri.enable"), "0"))
    why = "features.action_uri.enable";
  else if (!is_listed (phone, visit->request->address))
    why = "features.action_uri_limit_ip";
  else if (!sim_knobs_is (phone->knobs, SIM_KNOB_CONSENT, "given"))
    why = "consent";
  if (why == NULL)
    return TRUE;
  sim_phone_note (phone, "refused", visit->request->path, why);
  reply->status = 403;
  reply->html = g_strdup ("<html><body>" FORBIDDEN "</body></html>\n");
  return FALSE;
}

/* Calls by their number */

static SimCall *
call_in (SimPhone *phone, SimCallState state, const char *id)
{
  SimCall *call = sim_calls_find (phone->calls, state);
  g_autofree char *own = call != NULL ? g_strdup_printf ("%u", call->id) : NULL;

  return g_strcmp0 (own, id) == 0 ? call : NULL;
}

static gboolean
is_call (SimPhone *phone, const char *id)
{
  for (guint state = SIM_CALL_OFFHOOK; state < SIM_N_CALL_STATES; state++)
    if (call_in (phone, state, id) != NULL)
      return TRUE;
  return FALSE;
}

static void
run_answer (SimPhone *phone, const char *id)
{
  if (call_in (phone, SIM_CALL_OFFERED, id) != NULL)
    sim_calls_accept (phone->calls, FALSE);
}

static void
run_cancel (SimPhone *phone, const char *id)
{
  if (is_call (phone, id))
    sim_calls_cancel (phone->calls);
}

static void
run_hold (SimPhone *phone, const char *id)
{
  if (call_in (phone, SIM_CALL_CONNECTED, id) != NULL)
    sim_calls_hold (phone->calls);
}

static void
run_unhold (SimPhone *phone, const char *id)
{
  if (call_in (phone, SIM_CALL_HOLDING, id) != NULL)
    sim_calls_hold (phone->calls);
}

static void
run_blind_transfer (SimPhone *phone, const char *number)
{
  sim_calls_blind_transfer (phone->calls, number);
}

/* Keys */

static const struct
{
  const char *prefix;
  void (*run) (SimPhone *phone, const char *rest);
} named[] = {
  { "ASW:", run_answer },    { "CANCEL:", run_cancel },         { "HOLD:", run_hold },
  { "UNHOLD:", run_unhold }, { "BTrans=", run_blind_transfer },
};

/* The same key under the names of both makers. */
static const struct
{
  const char *theirs;
  const char *ours;
} keys[] = {
  { "OK", "ENTER" },
  { "ENTER", "ENTER" },
  { "CALLEND", "CANCEL" },
  { "CallEnd", "CANCEL" },
  { "F_HOLD", "F_HOLD" },
  { "HOLD", "F_HOLD" },
  { "MUTE", "MUTE" },
  { "SPEAKER", "SPEAKER" },
  { "F_TRANSFER", "TRANSFER" },
  { "POUND", "#" },
  { "STAR", "*" },
  { "VOLUME_UP", "VOLUME_UP" },
  { "VOLUME_DOWN", "VOLUME_DOWN" },
};

static void
press (SimPhone *phone, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].theirs, key))
      {
        sim_keys_press (phone->keys, keys[i].ours);
        return;
      }
  sim_keys_press (phone->keys, key); /* digits, and what it does not know */
}

static void
run_key (SimPhone *phone, SimVisit *visit, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    if (g_str_has_prefix (key, named[i].prefix))
      {
        named[i].run (phone, key + strlen (named[i].prefix));
        return;
      }
  if (g_ascii_strncasecmp (key, "number=", 7) == 0)
    sim_phone_dial (phone, key + 7, sim_query_get (visit->fields, "outgoing_uri"));
  else if (g_str_equal (key, "DNDOn") || g_str_equal (key, "DNDOff"))
    sim_settings_write (phone->settings, "dnd_mode", g_str_equal (key, "DNDOn") ? "on" : "off",
                        FALSE);
  else if (g_str_equal (key, "Reboot"))
    sim_phone_reboot (phone, FALSE);
  else
    press (phone, key);
}

static void
run_keys (SimPhone *phone, SimVisit *visit, const char *value)
{
  g_auto (GStrv) list = g_strsplit (value, ";", SIM_KEYS_MAX);

  for (guint i = 0; list[i] != NULL; i++)
    run_key (phone, visit, list[i]);
}

/* What it tells */

static void
append_accounts (SimPhone *phone, GString *out)
{
  for (guint i = 1; i <= SIM_IDENTITIES_MAX; i++)
    {
      const char *name = sim_settings_identity (phone->settings, "user_name", i);

      if (*name != '\0')
        g_string_append_printf (out, "Account%u|%s|%s|%s|%u|%s@%s|Registered\n", i, name, name,
                                sim_settings_identity (phone->settings, "user_realname", i), i,
                                name, sim_settings_identity (phone->settings, "user_host", i));
    }
}

static gboolean
wants (SimVisit *visit, const char *name)
{
  return g_strcmp0 (sim_query_get (visit->fields, name), "1") == 0;
}

static void
tell_config (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (wants (visit, "accounts"))
    append_accounts (phone, out);
  if (wants (visit, "dnd"))
    g_string_append_printf (out, "DND=%d\n", sim_settings_on (phone->settings, "dnd_mode"));
  if (wants (visit, "fw"))
    g_string_append_printf (out, "Firmware=%s\n", phone->kind->firmware);
  reply->html = g_string_free (g_steal_pointer (&out), FALSE);
  reply->type = "text/plain";
}

static void
show_login (SimPhone *phone, SimReply *reply)
{
  reply->html = g_strdup_printf ("<html><head><title>Yealink %s Phone</title>\n"
                                 "<script>var g_phonetype = \"%s\"; var g_strFirmware = \"%s\";"
                                 "</script></head>\n"
                                 "<body><form action=\"" LOGIN_PAGE "\"></form></body></html>\n",
                                 phone->kind->model, phone->kind->model, phone->kind->firmware);
}

void
sim_yealink_serve (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const SimPair *first = first_field (visit);

  if (!sim_yealink_is_command (visit))
    {
      if (g_strv_contains (paths, visit->request->path))
        show_login (phone, reply);
      else if (g_str_equal (visit->request->path, "/"))
        {
          reply->status = 302;
          reply->headers = g_strdup ("Location: " LOGIN_PAGE "\r\n");
        }
      else
        reply->status = 404;
      return;
    }
  if (g_str_equal (first->name, "phonecfg"))
    tell_config (phone, visit, reply);
  else if (g_str_equal (first->name, "number"))
    sim_phone_dial (phone, first->value, sim_query_get (visit->fields, "outgoing_uri"));
  else
    run_keys (phone, visit, first->value);
  if (reply->html == NULL)
    reply->html = g_strdup ("");
}
