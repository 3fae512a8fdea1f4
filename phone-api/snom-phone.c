/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-phone.h"
#include "phone-body.h"
#include "snom-admin.h"
#include "snom-event.h"
#include "snom-phone-private.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (OhSnomPhone, oh_snom_phone, OH_TYPE_PHONE,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_PHONE_ADMIN, oh_snom_admin_install))

/* What an error says about the phone itself, if anything. */
void
oh_snom_phone_note_error (OhSnomPhone *self, const GError *error)
{
  oh_phone_care_note_error (&self->care, error);
}

/* -- looking after it ------------------------------------------------------------------------- */

static void
on_watched_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] events: %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (source);

  if (oh_phone_probe_finish (OH_PHONE (self), result, NULL) && self->watch_wanted)
    oh_phone_watch_async (OH_PHONE (self), NULL, on_watched_again, NULL);
}

static void
refresh (OhPhone *phone)
{
  oh_phone_probe_async (phone, NULL, on_refreshed, NULL);
}

void
oh_snom_phone_look (gpointer user_data)
{
  g_autoptr (OhPhone) self = g_object_ref (OH_PHONE (user_data));

  refresh (self);
}

void
oh_snom_phone_take_event (OhPhoneEvent *event, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = g_object_ref (OH_SNOM_PHONE (user_data));
  gboolean started = event->kind == OH_PHONE_EVENT_STARTED;
  gboolean forwards =
    event->kind == OH_PHONE_EVENT_FORWARD_ON || event->kind == OH_PHONE_EVENT_FORWARD_OFF;

  if (event->kind == OH_PHONE_EVENT_DND_ON || event->kind == OH_PHONE_EVENT_DND_OFF)
    self->dnd_told = TRUE;
  oh_snom_event_turn (event, self->settings);
  oh_phone_emit_event (OH_PHONE (self), event);
  if (started || forwards)
    refresh (OH_PHONE (self)); /* what was not in flash is gone; where calls go, settings tell */
}

/* -- settings --------------------------------------------------------------------------------- */

/* What was known hung on the login or on the rule that has just changed. */
static void
start_over (OhSnomPhone *self)
{
  self->settings_closed = FALSE;
  oh_phone_care_start_over (&self->care);
}

static void
oh_snom_phone_set_login_at (OhPhone *phone, OhPhoneLevel level, const char *user,
                            const char *password)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);

  if (oh_snom_http_set_login (self->http, level, user, password))
    {
      self->n_logins++;
      start_over (self);
    }
}

static void
oh_snom_phone_set_login (OhPhone *phone, const char *user, const char *password)
{
  oh_snom_phone_set_login_at (phone, OH_PHONE_LEVEL_USER, user, password);
}

static void
oh_snom_phone_expect (OhPhone *phone)
{
  oh_snom_http_expect (OH_SNOM_PHONE (phone)->http);
}

static void
oh_snom_phone_set_trust (OhPhone *phone, const OhPhoneTrust *trust)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);

  if (oh_snom_http_set_trust (self->http, trust))
    start_over (self);
}

static void
oh_snom_phone_set_address (OhPhone *phone, const char *address)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);

  if (oh_snom_http_set_address (self->http, address))
    start_over (self);
}

void
oh_snom_phone_set_identity (OhSnomPhone *self, const char *identity)
{
  g_free (self->identity);
  self->identity = identity != NULL && *identity != '\0' ? g_strdup (identity) : NULL;
}

static void
forget_keeper (OhSnomPhone *self)
{
  if (self->keep_destroy != NULL)
    self->keep_destroy (self->keep_data);
  self->keep = NULL;
  self->keep_destroy = NULL;
}

void
oh_snom_phone_set_previous (OhSnomPhone *self, GHashTable *previous, OhSnomKeepFunc keep,
                            gpointer user_data, GDestroyNotify destroy)
{
  GHashTableIter iter;
  gpointer setting, value;

  forget_keeper (self);
  g_hash_table_remove_all (self->previous);
  if (previous != NULL)
    for (g_hash_table_iter_init (&iter, previous);
         g_hash_table_iter_next (&iter, &setting, &value);)
      g_hash_table_insert (self->previous, g_strdup (setting), g_strdup (value));
  self->keep = keep;
  self->keep_data = user_data;
  self->keep_destroy = destroy;
}

void
oh_snom_phone_set_take (OhSnomPhone *self, gboolean programs, gboolean once)
{
  self->take = programs;
  self->take_once = once;
}

/* -- object ----------------------------------------------------------------------------------- */

static void
oh_snom_phone_dispose (GObject *object)
{
  OhSnomPhone *self = OH_SNOM_PHONE (object);

  oh_phone_care_clear (&self->care);
  if (self->listener != NULL)
    oh_snom_listener_remove (self->listener, oh_phone_get_id (OH_PHONE (self)), self);
  g_clear_object (&self->listener);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (oh_snom_phone_parent_class)->dispose (object);
}

static void
oh_snom_phone_finalize (GObject *object)
{
  OhSnomPhone *self = OH_SNOM_PHONE (object);

  g_free (self->identity);
  g_free (self->base);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  forget_keeper (self);
  g_hash_table_unref (self->previous);
  g_hash_table_unref (self->absent);
  G_OBJECT_CLASS (oh_snom_phone_parent_class)->finalize (object);
}

static void
oh_snom_phone_class_init (OhSnomPhoneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  OhPhoneClass *phone_class = OH_PHONE_CLASS (class);

  object_class->dispose = oh_snom_phone_dispose;
  object_class->finalize = oh_snom_phone_finalize;
  oh_snom_probe_install (phone_class);
  oh_snom_errand_install (phone_class);
  oh_snom_watching_install (phone_class);
  phone_class->set_login = oh_snom_phone_set_login;
  phone_class->set_login_at = oh_snom_phone_set_login_at;
  phone_class->expect = oh_snom_phone_expect;
  phone_class->set_trust = oh_snom_phone_set_trust;
  phone_class->set_address = oh_snom_phone_set_address;
}

static void
oh_snom_phone_init (OhSnomPhone *self)
{
  g_queue_init (&self->probes);
  self->previous = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OhPhone *
oh_snom_phone_new (const char *id, const char *host, const char *scheme, OhSnomListener *listener,
                   OhClock *clock)
{
  OhSnomPhone *self =
    g_object_new (OH_TYPE_SNOM_PHONE, "id", id, "host", host, "clock", clock, NULL);

  g_set_object (&self->listener, listener);
  self->http = oh_snom_http_new (host, scheme, oh_phone_get_clock (OH_PHONE (self)));
  oh_phone_care_init (&self->care, OH_PHONE (self), self->http, refresh);
  return OH_PHONE (self);
}
