/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-phone.h"

#include "sim-announce.h"
#include "sim-csta.h"
#include "sim-keys.h"
#include "sim-pages.h"
#include "sim-report.h"
#include "sim-routes.h"
#include "sim-sip.h"
#include "sim-variables.h"

#include <string.h>

static void on_setting (const char *name, const char *old, const char *value, gpointer user_data);

static void
on_call_event (SimEvent event, SimCall *call, gint64 later_ms, gpointer user_data)
{
  sim_phone_tell (user_data, event, call, later_ms);
}

static void
on_exchange (SimExchange *exchange, gpointer user_data)
{
  sim_routes_handle (user_data, exchange);
}

static void
set_from_table (SimPhone *self)
{
  const SimPersonality *kind = self->kind;

  sim_settings_put (self->settings, "phone_type", kind->model);
  sim_settings_put (self->settings, "phone_name", kind->model);
  sim_settings_put (self->settings, "firmware_version", kind->firmware);
  sim_settings_put (self->settings, "mac", "000413AABBCC");
  for (guint i = SIM_EVENT_NONE + 1; i < SIM_N_EVENTS; i++)
    if (sim_event_kind (i)->since > kind->events)
      sim_settings_remove (self->settings, sim_event_kind (i)->setting);
  for (guint i = 0; i < SIM_PERSONALITY_SET_MAX && kind->set[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (kind->set[i], "=", 2);

      sim_phone_set (self, pair[0], pair[1], NULL);
    }
}

SimPhone *
sim_phone_new (const SimPersonality *kind)
{
  SimPhone *self = g_new0 (SimPhone, 1);

  self->kind = kind;
  self->clock = sim_clock_new ();
  self->knobs = sim_knobs_new ();
  self->settings = sim_settings_new ();
  self->lockout = sim_lockout_new (self->clock, self->knobs);
  self->auth = sim_auth_new (self->clock, self->knobs, self->settings, self->lockout);
  self->actions =
    sim_actions_new (self->clock, self->knobs, self->settings, kind->events, kind->firmware);
  self->calls = sim_calls_new (self->clock, self->knobs, kind->calls_max, on_call_event, self);
  self->keys = sim_keys_new (self);
  self->pages = sim_pages_new (self);
  self->http = sim_http_new (self->clock, on_exchange, self);
  self->sip = sim_sip_new (self);
  self->csta = sim_csta_new (self);
  self->address = g_strdup ("127.0.0.1");
  self->booted_webserver = g_strdup ("");
  self->last_number = g_strdup ("");
  self->requests = g_queue_new ();
  set_from_table (self);
  sim_settings_watch (self->settings, on_setting, self);
  return self;
}

void
sim_phone_free (SimPhone *self)
{
  sim_clock_remove (self->clock, &self->alarm);
  sim_csta_free (self->csta);
  sim_sip_free (self->sip);
  sim_http_free (self->http);
  sim_pages_free (self->pages);
  sim_keys_free (self->keys);
  sim_calls_free (self->calls);
  sim_actions_free (self->actions);
  sim_auth_free (self->auth);
  sim_lockout_free (self->lockout);
  sim_settings_free (self->settings);
  sim_knobs_free (self->knobs);
  g_clear_pointer (&self->certificate, sim_certificate_free);
  g_queue_free_full (self->requests, (GDestroyNotify) json_object_unref);
  g_free (self->address);
  g_free (self->provisioning);
  g_free (self->booted_webserver);
  g_free (self->fail_next);
  g_free (self->last_number);
  sim_clock_free (self->clock);
  g_free (self);
}

gboolean
sim_phone_set (SimPhone *self, const char *name, const char *value, GError **error)
{
  if (sim_knobs_has (name) || strchr (name, '-') != NULL)
    return sim_knobs_set (self->knobs, name, value, error);
  sim_settings_put (self->settings, name, value);
  return TRUE;
}

void
sim_phone_note (SimPhone *self, const char *event, const char *what, const char *why)
{
  JsonObject *line = sim_report_new (event);

  sim_report_set (line, "number", what);
  sim_report_set (line, "why", why);
  sim_report_send (line);
}

void
sim_phone_tell (SimPhone *self, SimEvent event, SimCall *call, gint64 later_ms)
{
  SimMoment moment = { self, call, NULL };

  sim_actions_fire (self->actions, event, later_ms, sim_variables_lookup, &moment);
  g_free (moment.last);
}

/* Identities */

guint
sim_phone_active_identity (SimPhone *self)
{
  guint64 number = 1;

  g_ascii_string_to_unsigned (sim_settings_get (self->settings, "active_line"), 10, 1,
                              SIM_IDENTITIES_MAX, &number, NULL);
  return (guint) number;
}

/* 0 when no identity has that URI. */
static guint
find_identity (SimPhone *self, const char *uri)
{
  for (guint i = 1; i <= SIM_IDENTITIES_MAX; i++)
    {
      g_autofree char *own =
        g_strdup_printf ("%s@%s", sim_settings_identity (self->settings, "user_name", i),
                         sim_settings_identity (self->settings, "user_host", i));

      if (g_str_equal (own, uri))
        return i;
    }
  return 0;
}

static gboolean
is_registered (SimPhone *self, guint identity)
{
  const char *wanted = sim_knobs_get (self->knobs, SIM_KNOB_SIP_PASSWORD);
  const char *active = sim_settings_identity (self->settings, "user_active", identity);

  return g_str_equal (active, "on") &&
         (*wanted == '\0' ||
          g_str_equal (sim_settings_identity (self->settings, "user_pass", identity), wanted));
}

static void
tell_registration (SimPhone *self, guint identity)
{
  gboolean active =
    g_str_equal (sim_settings_identity (self->settings, "user_active", identity), "on");
  SimEvent event = !active                          ? SIM_EVENT_LOG_OFF
                   : is_registered (self, identity) ? SIM_EVENT_LOG_ON
                                                    : SIM_EVENT_REG_FAILED;

  self->context_identity = identity;
  sim_phone_tell (self, event, NULL, 0);
  self->context_identity = 0;
}

void
sim_phone_register (SimPhone *self, guint identity, gboolean on)
{
  g_autofree char *name = g_strdup_printf ("user_active%u", identity);

  if (!g_str_equal (sim_settings_get (self->settings, name), "on"))
    return; /* switched off: nothing to register, nothing to log off */
  if (on)
    tell_registration (self, identity);
  else
    sim_settings_write (self->settings, name, "off", FALSE); /* on_setting() tells */
}

/* What a changed setting does at once. */
static void
on_setting (const char *name, const char *old, const char *value, gpointer user_data)
{
  SimPhone *self = user_data;
  gboolean was_on = g_str_equal (old, "on");

  if (g_str_equal (name, "dnd_mode") || g_str_equal (name, "redirect_event"))
    sim_csta_tell_setting (self->csta, name);
  if (g_str_equal (name, "dnd_mode") && was_on != g_str_equal (value, "on"))
    sim_phone_tell (self, was_on ? SIM_EVENT_DND_OFF : SIM_EVENT_DND_ON, NULL, 0);
  else if (g_str_has_prefix (name, "user_active"))
    tell_registration (self, (guint) g_ascii_strtoull (name + strlen ("user_active"), NULL, 10));
  else if (g_str_equal (name, "redirect_event"))
    sim_phone_tell (
      self, g_str_equal (value, "none") ? SIM_EVENT_REDIRECTION_OFF : SIM_EVENT_REDIRECTION_ON,
      NULL, 0);
}

/* Calls */

static gboolean
is_emergency (SimPhone *self, const char *number)
{
  g_auto (GStrv) list =
    g_strsplit (sim_settings_get (self->settings, "keyboard_lock_emergency"), " ", -1);

  return g_strv_contains ((const char *const *) list, number);
}

gboolean
sim_phone_dial (SimPhone *self, const char *number, const char *uri)
{
  guint named = uri != NULL ? find_identity (self, uri) : 0;
  guint identity = named != 0 ? named : sim_phone_active_identity (self);

  if (*number == '\0')
    return FALSE;
  if (uri != NULL && named == 0)
    sim_phone_note (self, "note", number, "no such identity; the active one dials");
  if (sim_settings_on (self->settings, "keyboard_lock") && !is_emergency (self, number) &&
      sim_knobs_is (self->knobs, SIM_KNOB_LOCKED_DIAL, "blocked"))
    {
      sim_phone_note (self, "refused", number, "the keyboard is locked");
      return FALSE;
    }
  if (!is_registered (self, identity))
    {
      sim_phone_note (self, "refused", number, "the identity is not registered");
      return FALSE;
    }
  g_free (self->last_number);
  self->last_number = g_strdup (number);
  return sim_calls_dial (self->calls, number, identity);
}

gboolean
sim_phone_ring (SimPhone *self, const char *number, const char *name)
{
  const char *why = NULL;

  if (sim_settings_on (self->settings, "dnd_mode"))
    why = "do not disturb";
  else if (g_str_equal (sim_settings_get (self->settings, "redirect_event"), "all"))
    why = "all calls are forwarded";
  else if (!is_registered (self, sim_phone_active_identity (self)))
    why = "the identity is not registered";
  if (why != NULL)
    {
      sim_phone_note (self, "refused", number, why);
      return FALSE;
    }
  return sim_calls_ring (self->calls, number, name, sim_phone_active_identity (self));
}

/* Boot */

static void
report_listening (SimPhone *self)
{
  JsonObject *line = sim_report_new ("listening");

  sim_report_set (line, "personality", self->kind->id);
  sim_report_set (line, "model", self->kind->model);
  sim_report_set (line, "firmware", self->kind->firmware);
  sim_report_set (line, "mac", sim_settings_get (self->settings, "mac"));
  sim_report_set (line, "address", self->address);
  json_object_set_int_member (line, "http", sim_http_port (self->http, FALSE));
  json_object_set_int_member (line, "https", sim_http_port (self->http, TRUE));
  json_object_set_int_member (line, "sip", sim_sip_port (self->sip));
  json_object_set_int_member (line, "sip_tcp", sim_csta_port (self->csta, FALSE));
  json_object_set_int_member (line, "sip_tls", sim_csta_port (self->csta, TRUE));
  sim_report_set (line, "certificate_sha256", self->certificate->sha256);
  sim_report_set (line, "spki_sha256", self->certificate->spki_sha256);
  sim_report_set (line, "certificate", self->certificate->pem);
  sim_report_set (line, "ca", self->certificate->ca_pem);
  sim_report_send (line);
}

static gboolean
listen_as_set (SimPhone *self, GError **error)
{
  const char *type = sim_settings_get (self->settings, "webserver_type");
  gboolean off = g_str_equal (type, "off") || self->kind->server == SIM_SERVER_DEAD;

  g_free (self->booted_webserver);
  self->booted_webserver = g_strdup (type);
  /* Also with https only there is a plain port: it answers 307. */
  if (!off && !sim_http_up (self->http, FALSE, error))
    return FALSE;
  return off || g_str_equal (type, "http") || sim_http_up (self->http, TRUE, error);
}

gboolean
sim_phone_provision (SimPhone *self, GError **error)
{
  g_autofree char *text = NULL;

  if (self->provisioning == NULL)
    return TRUE;
  if (!g_file_get_contents (self->provisioning, &text, NULL, error))
    return FALSE;
  sim_settings_provision (self->settings, text);
  return TRUE;
}

gboolean
sim_phone_boot (SimPhone *self, GError **error)
{
  if (!sim_phone_provision (self, error) || !listen_as_set (self, error))
    return FALSE;
  sim_sip_set_up (self->sip, self->kind->server != SIM_SERVER_DEAD);
  sim_csta_set_up (self->csta, self->kind->server != SIM_SERVER_DEAD);
  report_listening (self);
  sim_announce (self);
  sim_phone_tell (self, SIM_EVENT_SETUP, NULL, 0);
  for (guint i = 1; i <= SIM_IDENTITIES_MAX; i++)
    sim_phone_register (self, i, TRUE);
  return TRUE;
}

static void
on_up (gpointer user_data)
{
  SimPhone *self = user_data;
  g_autoptr (GError) error = NULL;

  self->alarm = 0;
  if (!sim_phone_boot (self, &error))
    sim_phone_note (self, "error", "", error->message);
}

static void
on_down (gpointer user_data)
{
  SimPhone *self = user_data;

  sim_http_down (self->http);
  sim_sip_set_up (self->sip, FALSE);
  sim_csta_set_up (self->csta, FALSE);
  sim_calls_lose (self->calls);
  sim_keys_lose (self->keys);
  sim_actions_lose (self->actions);
  sim_auth_expire (self->auth);
  sim_report_send (sim_report_new ("down"));
  self->alarm =
    sim_clock_add (self->clock, sim_knobs_number (self->knobs, SIM_KNOB_REBOOT_TIME), on_up, self);
}

void
sim_phone_reboot (SimPhone *self, gboolean cut)
{
  if (self->alarm != 0) /* it is at it already */
    return;
  if (cut)
    {
      sim_settings_power_cut (self->settings);
      on_down (self);
      return;
    }
  sim_settings_store (self->settings);
  self->alarm = sim_clock_add (self->clock, sim_knobs_number (self->knobs, SIM_KNOB_REBOOT_AFTER),
                               on_down, self);
}

void
sim_phone_reset (SimPhone *self)
{
  sim_settings_reset (self->settings);
  set_from_table (self);
  sim_settings_put (self->settings, "http_user", "");
  sim_settings_put (self->settings, "http_pass", "");
  sim_phone_reboot (self, FALSE);
}
