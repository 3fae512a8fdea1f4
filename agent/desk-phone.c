/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-phone.h"

#include "desk-admin.h"
#include "desk-certificate.h"
#include "event-lines.h"
#include "csta-phone.h"
#include "event-places.h"
#include "phone-bodies.h"
#include "phone-logins.h"
#include "phone-ways.h"
#include "secret-text.h"
#include "sign-in-offer.h"

struct _OhDeskPhone
{
  OhDeskParts parts;       /* unowned */
  OhConfigPhone *settings; /* (owned): what was applied last */
  OhPhone *phone;          /* (owned) (nullable): NULL when the settings do not make one */
  OhDeskAdmin *admin;      /* (owned) (nullable): the same; logs in */
  GCancellable *lookup;    /* (owned): of the password; cancelled when this goes, or asks anew */
  gboolean watch_asked;    /* from then on the phone keeps its events coming by itself */
  OhPhoneKind kind;        /* what has answered there, where it was another maker's */
  guint change;            /* idle source: another body is due */

  OhDeskCertificate *certificate; /* (owned) (nullable): like the phone */
};

static OhBusPhoneSettings
bus_settings (const OhConfigPhone *settings)
{
  return (OhBusPhoneSettings){
    .host = settings->host,
    .trust = settings->trust,
    .fingerprint = settings->fingerprint,
    .problem = settings->problem,
    .events_off = !settings->events,
  };
}

static void
apply_trust (OhDeskPhone *self)
{
  const OhConfigPhone *settings = self->settings;
  OhPhoneTrust trust = {
    .fingerprint = settings->fingerprint[0] != '\0' ? settings->fingerprint : NULL,
    .ca_file = settings->ca_file[0] != '\0' ? settings->ca_file : NULL,
    .expected_name = settings->expected_name[0] != '\0' ? settings->expected_name : NULL,
    .ignore_date = settings->ignore_date,
    .legacy_tls = settings->legacy_tls,
  };

  /* The schema allows the five words only, so a word that is none cannot get here. */
  g_return_if_fail (oh_phone_trust_mode_from_nick (settings->trust, &trust.mode));
  oh_phone_set_trust (self->phone, &trust);
}

static void
on_watched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The phone's own reason tells the user; a call that is dialled without events says so too. */
  if (!oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_message ("[%s] no events: %s", oh_phone_get_id (OH_PHONE (source)), error->message);
  else
    oh_event_lines_store (OH_PHONE (source));
}

static void
on_state (OhPhone *phone, GParamSpec *pspec, OhDeskPhone *self)
{
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_READY || self->watch_asked ||
      !self->settings->events)
    return;
  self->watch_asked = TRUE;
  oh_phone_watch_async (phone, NULL, on_watched, NULL);
}

static void
on_certificate (OhPhone *phone, const char *fingerprint, gboolean first_use, OhDeskPhone *self)
{
  OhBusPhoneSettings shown;
  g_autoptr (GError) error = NULL;

  if (!first_use)
    return; /* refused: the phone's state and reason say so */
  /* Ours first: the change that comes back from the settings is then none. */
  g_free (self->settings->fingerprint);
  self->settings->fingerprint = g_strdup (fingerprint);
  shown = bus_settings (self->settings);
  oh_bus_service_update_phone (self->parts.service, self->settings->id, &shown);
  if (!oh_config_store_pin (self->parts.config, self->settings->id, NULL, fingerprint, &error))
    g_message ("[%s] its key is trusted until the agent ends: %s", self->settings->id,
               error->message);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);
  OhDeskPhone *self;

  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    return; /* it is gone, or has asked anew */
  self = user_data;
  if (error != NULL)
    g_message ("[%s] %s", self->settings->id, error->message);
  oh_desk_admin_log_in (self->admin, self->settings->user, password);
  oh_secret_free (password);
}

void
oh_desk_phone_log_in (OhDeskPhone *self)
{
  if (self->phone == NULL)
    return;
  g_cancellable_cancel (self->lookup);
  g_object_unref (self->lookup);
  self->lookup = g_cancellable_new ();
  oh_phone_logins_load (self->parts.secrets, self->settings->id, self->phone, self->lookup);
  oh_sign_in_offer (self->parts.config, self->parts.secrets, self->settings, self->phone,
                    self->lookup);
  if (self->settings->user[0] != '\0')
    {
      oh_secrets_lookup_async (self->parts.secrets, OH_SECRET_PHONE, self->settings->id,
                               self->lookup, on_password, self);
      return;
    }
  oh_desk_admin_log_in (self->admin, NULL, NULL);
}

static void
apply_identity (OhDeskPhone *self)
{
  const char *identity = self->settings->identity;
  OhPhone *web = oh_phone_ways_web (self->phone);
  OhPhone *csta = oh_phone_ways_csta (self->phone);

  if (web != NULL)
    oh_phone_body_set_identity (web, identity);
  if (csta != NULL)
    oh_csta_phone_set_identity (OH_CSTA_PHONE (csta), identity);
}

static void
show_certificate (OhDeskPhone *self)
{
  if (self->phone == NULL)
    return;
  self->certificate = oh_desk_certificate_new (
    self->phone, oh_bus_service_phone_object (self->parts.service, self->settings->id),
    self->parts.config);
  oh_desk_certificate_apply (self->certificate, self->settings);
}

static void
unmake_phone (OhDeskPhone *self)
{
  g_clear_handle_id (&self->change, g_source_remove);
  if (self->phone != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->phone, self);
      if (self->parts.moves != NULL)
        oh_phone_moves_remove (self->parts.moves, self->phone);
      oh_dnd_joint_remove_phone (self->parts.dnd, self->phone);
      oh_dialler_remove_phone (self->parts.dialler, self->phone);
    }
  if (self->admin != NULL)
    oh_desk_admin_stop (self->admin);
  if (self->certificate != NULL)
    oh_desk_certificate_stop (self->certificate);
  oh_bus_service_remove_phone (self->parts.service, self->settings->id);
  g_clear_object (&self->admin);
  g_clear_object (&self->certificate);
  g_clear_object (&self->phone);
}

static void make_phone (OhDeskPhone *self);

/* On the bus, and what hangs on its object there. */
static void
show_phone (OhDeskPhone *self)
{
  const OhDeskParts *parts = &self->parts;
  const char *id = self->settings->id;
  OhBusPhoneSettings shown = bus_settings (self->settings);

  oh_bus_service_add_phone (parts->service, id, self->phone, &shown);
  if (self->phone != NULL)
    self->admin = oh_desk_admin_new (self->phone, oh_bus_service_phone_object (parts->service, id),
                                     parts->config, parts->secrets);
}

/* Another maker's phone answers there: the same phone to everybody else, with another body. */
static gboolean
on_change_body (gpointer user_data)
{
  OhDeskPhone *self = user_data;

  self->change = 0;
  self->kind = oh_phone_get_kind (self->phone);
  g_message ("[%s] is driven as %s", self->settings->id, oh_phone_kind_word (self->kind));
  unmake_phone (self);
  self->watch_asked = FALSE;
  make_phone (self);
  show_phone (self);
  show_certificate (self);
  oh_desk_phone_log_in (self);
  return G_SOURCE_REMOVE;
}

/* Not from here: the phone is in the middle of telling it. */
static void
on_kind (OhPhone *phone, GParamSpec *pspec, OhDeskPhone *self)
{
  OhPhone *web = oh_phone_ways_web (phone);

  if (self->change == 0 && web != NULL && oh_phone_body_is_wrong (web, self->settings))
    self->change = g_idle_add (on_change_body, self);
}

/* One way to drive it, or both. */
static OhPhone *
make_ways (OhDeskPhone *self)
{
  const OhConfigPhone *settings = self->settings;
  OhPhoneDrive drive = oh_phone_drive_from_nick (settings->drive);
  OhPhone *web = NULL;
  OhPhone *csta = NULL;

  if (drive != OH_PHONE_DRIVE_CSTA)
    web = oh_phone_body_new (settings, self->kind, self->parts.listener, self->parts.clock);
  if (drive != OH_PHONE_DRIVE_HTTP)
    csta =
      oh_csta_phone_new (settings->id, settings->host, g_str_equal (settings->sip_transport, "tcp"),
                         settings->sip_port, self->parts.clock);
  return oh_phone_ways_new (web, csta);
}

/* It is the same phone at another address: it has to be told ours anew, which may be another, too.
 */
static void
on_moved (const char *address, gpointer user_data)
{
  oh_desk_phone_refresh (user_data);
}

static void
make_phone (OhDeskPhone *self)
{
  const OhConfigPhone *settings = self->settings;
  const OhDeskParts *parts = &self->parts;

  if (settings->host[0] == '\0')
    return; /* "problem" says why */
  self->phone = make_ways (self);
  apply_trust (self);
  apply_identity (self);
  oh_event_places_join (self->phone, parts->config, settings->id);
  oh_event_places_allow (self->phone, settings->take_events);
  g_signal_connect (self->phone, "notify::state", G_CALLBACK (on_state), self);
  g_signal_connect (self->phone, "notify::kind", G_CALLBACK (on_kind), self);
  g_signal_connect (self->phone, "certificate", G_CALLBACK (on_certificate), self);
  oh_dialler_add_phone (parts->dialler, self->phone);
  oh_call_journal_join (parts->journal, self->phone);
  oh_dnd_joint_add_phone (parts->dnd, self->phone);
  if (parts->moves != NULL)
    oh_phone_moves_add (parts->moves, self->phone, on_moved, self);
}

gboolean
oh_desk_phone_is_same (const OhConfigPhone *a, const OhConfigPhone *b)
{
  return g_str_equal (a->host, b->host) && g_str_equal (a->scheme, b->scheme) &&
         g_str_equal (a->body, b->body) && a->events == b->events &&
         g_str_equal (a->drive, b->drive) && g_str_equal (a->sip_transport, b->sip_transport) &&
         a->sip_port == b->sip_port;
}

OhDeskPhone *
oh_desk_phone_new (const OhDeskParts *parts, OhConfigPhone *settings)
{
  OhDeskPhone *self = g_new0 (OhDeskPhone, 1);

  if (settings->problem != NULL)
    g_message ("[%s] %s", settings->id, settings->problem->message);
  self->parts = *parts;
  self->settings = settings;
  self->lookup = g_cancellable_new ();
  make_phone (self);
  show_phone (self);
  show_certificate (self);
  oh_desk_phone_log_in (self);
  return self;
}

void
oh_desk_phone_free (OhDeskPhone *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->lookup);
  unmake_phone (self);
  g_clear_object (&self->lookup);
  oh_config_phone_free (self->settings);
  g_free (self);
}

const OhConfigPhone *
oh_desk_phone_settings (OhDeskPhone *self)
{
  return self->settings;
}

OhPhone *
oh_desk_phone_phone (OhDeskPhone *self)
{
  return self->phone;
}

void
oh_desk_phone_apply (OhDeskPhone *self, OhConfigPhone *settings)
{
  g_autoptr (OhConfigPhone) before = self->settings;
  OhBusPhoneSettings shown = bus_settings (settings);

  self->settings = settings;
  oh_bus_service_update_phone (self->parts.service, settings->id, &shown);
  if (self->phone == NULL)
    return;
  oh_desk_certificate_apply (self->certificate, settings);
  apply_trust (self); /* the phone itself sees whether it says anything new */
  apply_identity (self);
  if (settings->take_events != before->take_events)
    oh_event_places_allow (self->phone, settings->take_events);
  oh_desk_phone_log_in (self);
}

void
oh_desk_phone_refresh (OhDeskPhone *self)
{
  if (self->phone == NULL)
    return;
  if (self->watch_asked)
    oh_phone_watch_async (self->phone, NULL, on_watched, NULL);
  else
    oh_phone_probe_async (self->phone, NULL, on_probed, NULL);
}

static void
on_unwatched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gboolean restored = oh_phone_unwatch_finish (OH_PHONE (source), result, &error);

  if (!restored)
    g_message ("[%s] its event URLs stay as they are: %s", oh_phone_get_id (OH_PHONE (source)),
               error->message);
  g_task_return_boolean (task, restored);
}

void
oh_desk_phone_give_back_async (OhDeskPhone *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, oh_desk_phone_give_back_async);
  if (self->phone == NULL || !self->watch_asked)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->watch_asked = FALSE;
  oh_phone_unwatch_async (self->phone, cancellable, on_unwatched, g_steal_pointer (&task));
}

gboolean
oh_desk_phone_give_back_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
