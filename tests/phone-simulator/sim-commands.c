/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-commands.h"

#include "sim-display.h"
#include "sim-keys.h"
#include "sim-pages.h"
#include "sim-query.h"
#include "sim-report.h"
#include "sim-writes.h"

#include <string.h>

/* May this request change anything? If not, @reply gets the page that says nothing of it. */
static gboolean
may_act (SimPhone *phone, SimVisit *visit, gboolean is_form, SimReply *reply)
{
  SimSettings *settings = phone->settings;
  gboolean by_query = visit->form->len == 0;
  const char *why = NULL;

  if (sim_settings_on (settings, "restrict_uri_queries") && by_query)
    why = "restrict_uri_queries";
  if (sim_settings_on (settings, "use_hidden_tags") &&
      (!is_form || !sim_pages_take_tag (phone->pages, visit->form)))
    why = "use_hidden_tags";
  if (why == NULL)
    return TRUE;
  sim_phone_note (phone, "refused", visit->request->path, why);
  if (sim_knobs_is (phone->knobs, SIM_KNOB_REFUSAL_PAGE, "403"))
    {
      reply->status = 403;
      reply->html = sim_page_error ();
    }
  return FALSE;
}

static gboolean
is_admin (SimPhone *phone, SimVisit *visit)
{
  return visit->login.level >= SIM_LEVEL_ADMIN || sim_settings_on (phone->settings, "admin_mode");
}

/* Dialling */

static void
answer_dial (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const char *how = sim_knobs_get (phone->knobs, SIM_KNOB_DIAL_ANSWER);
  const char *host = sim_exchange_header (visit->exchange, "host");

  if (g_str_equal (how, "drop"))
    reply->fault = SIM_FAULT_EMPTY;
  else if (g_str_equal (how, "204"))
    reply->status = 204;
  else if (g_str_equal (how, "302"))
    {
      reply->status = 302;
      reply->headers = g_strdup ("Location: index.htm\r\n");
    }
  else if (g_str_equal (how, "302-absolute"))
    {
      reply->status = 302;
      reply->headers =
        g_strdup_printf ("Location: %s://%s/index.htm\r\n",
                         visit->request->secure ? "https" : "http", host != NULL ? host : "");
    }
}

static void
run_number (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  sim_phone_dial (phone, value, sim_query_get (visit->fields, "outgoing_uri"));
  answer_dial (phone, visit, reply);
}

static void
run_key (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  sim_keys_press (phone->keys, value);
}

static void
run_dtmf (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  sim_keys_dtmf (phone->keys, value);
}

static void
run_release_all (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  sim_calls_release_all (phone->calls);
}

static void
run_logoff_all (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  for (guint i = 1; i <= SIM_IDENTITIES_MAX; i++)
    sim_phone_register (phone, i, FALSE);
}

static void
register_named (SimPhone *phone, const char *value, gboolean on)
{
  guint64 number = 0;

  if (g_ascii_string_to_unsigned (value, 10, 1, SIM_IDENTITIES_MAX, &number, NULL))
    sim_phone_register (phone, (guint) number, on);
}

static void
run_logoff (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  register_named (phone, value, FALSE);
}

static void
run_reregister (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply)
{
  register_named (phone, value, TRUE);
}

static const struct
{
  const char *name;
  void (*run) (SimPhone *phone, SimVisit *visit, const char *value, SimReply *reply);
} commands[] = {
  { "number", run_number },         { "key", run_key },
  { "key_dtmf", run_dtmf },         { "RELEASE_ALL_CALLS", run_release_all },
  { "LOGOFFALL", run_logoff_all },  { "LOGOFFLINE", run_logoff },
  { "REREGISTER", run_reregister },
};

static void
serve_command (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  if (!may_act (phone, visit, FALSE, reply))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *value = sim_query_get (visit->fields, commands[i].name);

      if (value != NULL) /* one kind of command per request */
        {
          commands[i].run (phone, visit, value, reply);
          return;
        }
    }
}

static void
serve_index (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const char *upper = sim_query_get (visit->fields, "NUMBER");
  const char *number = upper != NULL ? upper : sim_query_get (visit->fields, "number");
  const char *line = sim_query_get (visit->fields, "active_line");

  if (number == NULL && *sim_settings_get (phone->settings, "http_pass") == '\0' &&
      g_str_equal (visit->request->path, "/"))
    {
      reply->html = sim_pages_form (phone->pages, "/security.htm", 1); /* the first access */
      return;
    }
  reply->html = sim_pages_index (phone->pages);
  if (number == NULL || !may_act (phone, visit, TRUE, reply))
    return;
  if (line != NULL)
    sim_settings_write (phone->settings, "active_line", line, TRUE);
  sim_phone_dial (phone, number, NULL);
  answer_dial (phone, visit, reply);
}

/* Settings */

static gboolean
is_setting_name (SimPhone *phone, const char *name)
{
  static const char *const not_settings[] = { "settings", "Settings",       "store_settings",
                                              "l",        "SettingsButton", NULL };

  return *name != '\0' &&
         name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_")] == '\0' &&
         !g_strv_contains (not_settings, name) && !sim_pages_is_tag (phone->pages, name);
}

/* The administrator's password is taken only with its twin. */
static gboolean
is_confirmed (SimVisit *visit, const SimPair *pair)
{
  const char *twin = sim_query_get (visit->fields, "admin_mode_password_confirm");

  return !g_str_equal (pair->name, "admin_mode_password") || g_strcmp0 (twin, pair->value) == 0;
}

/* UC edition: the first account's login silently becomes the web login, unless there is one. */
static void
adopt_account (SimPhone *phone)
{
  SimSettings *settings = phone->settings;

  if (!phone->kind->account_is_login || *sim_settings_get (settings, "http_user") != '\0' ||
      *sim_settings_get (settings, "user_pass1") == '\0')
    return;
  sim_settings_put (settings, "http_user", sim_settings_get (settings, "user_name1"));
  sim_settings_put (settings, "http_pass", sim_settings_get (settings, "user_pass1"));
}

static void
write_settings (SimPhone *phone, SimVisit *visit, gboolean store, SimReply *reply)
{
  gboolean strict = sim_knobs_is (phone->knobs, SIM_KNOB_UNKNOWN_SETTINGS, "ignore");

  if (!is_admin (phone, visit))
    {
      sim_phone_note (phone, "refused", visit->request->path, "admin_mode is off");
      return;
    }
  if (!sim_writes_begin (phone, visit->fields, reply))
    return;
  for (guint i = 0; i < visit->fields->len; i++)
    {
      SimPair *pair = g_ptr_array_index (visit->fields, i);

      if (is_setting_name (phone, pair->name) && is_confirmed (visit, pair) &&
          !sim_settings_write (phone->settings, pair->name, pair->value, strict))
        sim_phone_note (phone, "refused", pair->name, "read-only or unknown");
    }
  adopt_account (phone);
  if (store || sim_knobs_is (phone->knobs, SIM_KNOB_PERSISTENCE, "flash"))
    sim_settings_store (phone->settings);
  sim_writes_end (phone, visit->fields);
}

static gboolean
has (SimVisit *visit, const char *name, const char *value)
{
  return g_strcmp0 (sim_query_get (visit->fields, name), value) == 0;
}

static void
serve_dummy (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  gboolean save = has (visit, "settings", "save");
  gboolean store = has (visit, "store_settings", "save");

  if ((save || store) && may_act (phone, visit, FALSE, reply))
    write_settings (phone, visit, store, reply);
}

static void
serve_settings (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  if (has (visit, "settings", "save") || has (visit, "store_settings", "save"))
    serve_dummy (phone, visit, reply);
  else
    reply->html = sim_pages_settings (phone->pages, is_admin (phone, visit));
}

static void
serve_form (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const char *button = sim_query_get (visit->fields, "Settings");
  const char *l = sim_query_get (visit->fields, "l");
  guint64 line = 1;

  if (l != NULL)
    g_ascii_string_to_unsigned (l, 10, 1, SIM_IDENTITIES_MAX, &line, NULL);
  if (button != NULL && may_act (phone, visit, TRUE, reply))
    write_settings (phone, visit,
                    g_str_equal (button, "Save") || has (visit, "store_settings", "save"), reply);
  if (reply->html == NULL)
    reply->html = sim_pages_form (phone->pages, visit->request->path, (guint) line);
}

static void
serve_export (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  gboolean xml = g_str_has_suffix (visit->request->path, ".xml");

  if (!is_admin (phone, visit))
    {
      reply->status = 403;
      reply->html = sim_page_error ();
      return;
    }
  reply->html =
    xml ? sim_pages_settings_xml (phone->pages) : sim_pages_settings_text (phone->pages);
  reply->type = xml ? "text/xml; charset=utf-8" : "text/plain; charset=utf-8";
}

/* The rest */

static void
serve_info (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  reply->html = sim_pages_info (phone->pages);
}

static void
serve_screen (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  reply->bytes = sim_pages_screen (phone->pages);
  reply->type = "image/bmp";
}

static void
serve_reboot (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  gboolean reboot = sim_query_get (visit->fields, "reboot") != NULL ||
                    sim_query_get (visit->fields, "REBOOT") != NULL;
  gboolean reset = sim_query_get (visit->fields, "reset") != NULL ||
                   sim_query_get (visit->fields, "RESET") != NULL;

  if ((!reboot && !reset) || !may_act (phone, visit, FALSE, reply))
    return;
  if (reset)
    sim_phone_reset (phone);
  else
    sim_phone_reboot (phone, FALSE);
}

static void
serve_minibrowser (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  const char *connection = sim_exchange_header (visit->exchange, "connection");
  const char *url = sim_query_get (visit->fields, "url");

  if (connection != NULL && g_ascii_strcasecmp (connection, "keep-alive") == 0)
    reply->delay_ms = sim_knobs_number (phone->knobs, SIM_KNOB_MINIBROWSER_DELAY);
  if (url == NULL || !may_act (phone, visit, FALSE, reply))
    return;
  if (sim_knobs_is (phone->knobs, SIM_KNOB_MINIBROWSER, "fetch"))
    sim_actions_fetch (phone->actions, "minibrowser", url);
  else if (sim_knobs_is (phone->knobs, SIM_KNOB_MINIBROWSER, "show"))
    sim_display_fetch (phone, url);
}

static void
serve_plain (SimPhone *phone, SimVisit *visit, SimReply *reply)
{
  /* a page without anything to do */
}

/* Since which firmware, and until which, a path exists. */
/* clang-format off */
static const struct { const char *path; SimEventSet from, to; SimCommand serve; } routes[] = {
  { "/", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_index },
  { "/index.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_index },
  { "/command.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_command },
  { "/dummy.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_dummy },
  { "/settings.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_settings },
  { "/settings.xml", SIM_EVENTS_FW7, SIM_EVENTS_ALL, serve_export },
  { "/settings.cfg", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_export },
  { "/info.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_info },
  { "/line_login.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_form },
  { "/line_sip.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_form },
  { "/line_rtp.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_form },
  { "/action.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_form },
  { "/fkey.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_form },
  { "/advanced_qos_security.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_form },
  { "/security.htm", SIM_EVENTS_FW7, SIM_EVENTS_ALL, serve_form },
  { "/advanced_update.htm", SIM_EVENTS_FW7, SIM_EVENTS_ALL, serve_reboot },
  { "/advanced.htm", SIM_EVENTS_FW5, SIM_EVENTS_FW7, serve_reboot },
  { "/confirm.htm", SIM_EVENTS_FW5, SIM_EVENTS_FW7, serve_reboot },
  { "/confirm.html", SIM_EVENTS_FW5, SIM_EVENTS_FW7, serve_reboot },
  { "/minibrowser.htm", SIM_EVENTS_FW7, SIM_EVENTS_ALL, serve_minibrowser },
  { "/screen.bmp", SIM_EVENTS_FW7, SIM_EVENTS_ALL, serve_screen },
  { "/label_screen.bmp", SIM_EVENTS_ALL, SIM_EVENTS_ALL, serve_screen },
  { "/exp_screen.bmp", SIM_EVENTS_FW7, SIM_EVENTS_ALL, serve_screen },
  { "/adr.htm", SIM_EVENTS_FW5, SIM_EVENTS_ALL, serve_plain },
};
/* clang-format on */

SimCommand
sim_commands_find (SimPhone *phone, const char *path)
{
  SimEventSet here = phone->kind->events;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (routes[i].from <= here && here <= routes[i].to && g_str_equal (routes[i].path, path))
      return routes[i].serve;
  return NULL;
}
