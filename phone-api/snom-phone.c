/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-phone.h"
#include "phone-body.h"
#include "phone-tls.h"
#include "snom-event.h"
#include "snom-phone-private.h"

/* An unreachable phone is mostly one that starts again, which takes a minute. */
static const guint8 retry_s[] = { 5, 10, 20, 40, 60 };

/* How often to look whether somebody has changed the phone's settings: provisioning does. */
#define LOOK_US (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (OhSnomPhone, oh_snom_phone, OH_TYPE_PHONE)

static void refresh (OhSnomPhone *self);

/* -- state ------------------------------------------------------------------------------------ */

static gboolean
on_alarm (gpointer data)
{
  OhSnomPhone *self = data;

  self->alarm = 0;
  if (oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (OH_PHONE (self), OH_PHONE_STATE_UNKNOWN, NULL);
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* A phone in any of these states is not helped by asking again without the user. */
static gboolean
waits_for_user (OhPhoneState state)
{
  return state == OH_PHONE_STATE_UNAUTHORIZED || state == OH_PHONE_STATE_UNTRUSTED;
}

void
oh_snom_phone_set_alarm (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);
  OhPhoneState state = oh_phone_get_state (phone);
  gint64 delay_us = LOOK_US;

  oh_clock_clear_alarm (oh_phone_get_clock (phone), &self->alarm);
  if (waits_for_user (state))
    return;
  if (state == OH_PHONE_STATE_UNREACHABLE)
    {
      guint i = MIN (self->n_retries, G_N_ELEMENTS (retry_s) - 1);

      delay_us = (gint64) retry_s[i] * G_USEC_PER_SEC;
      self->n_retries++;
    }
  else if (state == OH_PHONE_STATE_LOCKED_OUT)
    delay_us = oh_snom_http_locked_us (self->http);
  self->alarm = oh_clock_add_alarm_in (oh_phone_get_clock (phone), delay_us, on_alarm, self);
}

static gboolean
state_for_error (const GError *error, OhPhoneState *out)
{
  static const struct
  {
    OhError code;
    OhPhoneState state;
  } known[] = {
    { OH_ERROR_UNREACHABLE, OH_PHONE_STATE_UNREACHABLE },
    { OH_ERROR_UNTRUSTED, OH_PHONE_STATE_UNTRUSTED },
    { OH_ERROR_PHONE_LOGIN, OH_PHONE_STATE_UNAUTHORIZED },
    { OH_ERROR_PHONE_LOCKED_OUT, OH_PHONE_STATE_LOCKED_OUT },
    { OH_ERROR_PHONE_REFUSED, OH_PHONE_STATE_UNSUPPORTED },
    { OH_ERROR_UNSUPPORTED, OH_PHONE_STATE_UNSUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (error->code == (int) known[i].code)
      {
        *out = known[i].state;
        return TRUE;
      }
  return FALSE;
}

/* What an error says about the phone itself, if anything. */
void
oh_snom_phone_note_error (OhSnomPhone *self, const GError *error)
{
  OhPhoneState present = oh_phone_get_state (OH_PHONE (self));
  OhPhoneState state;

  if (!state_for_error (error, &state))
    return;
  if (present == OH_PHONE_STATE_LOCKED_OUT && state != present)
    oh_phone_move (OH_PHONE (self), OH_PHONE_STATE_UNKNOWN, NULL);
  if (state == OH_PHONE_STATE_UNSUPPORTED)
    oh_phone_set_capabilities (OH_PHONE (self), 0);
  oh_phone_move (OH_PHONE (self), state, g_error_copy (error));
  oh_snom_phone_set_alarm (self);
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
refresh (OhSnomPhone *self)
{
  oh_phone_probe_async (OH_PHONE (self), NULL, on_refreshed, NULL);
}

void
oh_snom_phone_take_event (OhPhoneEvent *event, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = g_object_ref (OH_SNOM_PHONE (user_data));
  gboolean started = event->kind == OH_PHONE_EVENT_STARTED;

  if (event->kind == OH_PHONE_EVENT_DND_ON || event->kind == OH_PHONE_EVENT_DND_OFF)
    self->dnd_told = TRUE;
  oh_snom_event_turn (event, self->settings);
  oh_phone_emit_event (OH_PHONE (self), event);
  if (started)
    refresh (self); /* what was not stored in flash is gone */
}

/* -- settings --------------------------------------------------------------------------------- */

/* What was known hung on the login or on the rule that has just changed. */
static void
start_over (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);

  self->settings_closed = FALSE;
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (phone, OH_PHONE_STATE_UNKNOWN, NULL);
}

static void
oh_snom_phone_set_login_at (OhPhone *phone, OhPhoneLevel level, const char *user,
                            const char *password)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);

  if (oh_snom_http_set_login (self->http, level, user, password))
    start_over (self);
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
on_certificate (OhSnomHttp *http, const char *fingerprint, guint verdict, OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);

  oh_phone_show_certificate (phone, oh_snom_http_get_certificate (http), fingerprint);
  if (verdict == OH_PHONE_VERDICT_FIRST || verdict == OH_PHONE_VERDICT_CHANGED)
    oh_phone_emit_certificate (phone, fingerprint, verdict == OH_PHONE_VERDICT_FIRST);
}

static void
oh_snom_phone_dispose (GObject *object)
{
  OhSnomPhone *self = OH_SNOM_PHONE (object);

  oh_clock_clear_alarm (oh_phone_get_clock (OH_PHONE (self)), &self->alarm);
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
  g_signal_connect_object (self->http, "certificate", G_CALLBACK (on_certificate), self, 0);
  return OH_PHONE (self);
}
