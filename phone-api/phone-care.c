/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-care.h"

#include "phone-body.h"
#include "phone-tls.h"

/* An unreachable phone is mostly one that starts again, which takes a minute. */
static const guint8 retry_s[] = { 5, 10, 20, 40, 60 };

/* How often to look whether somebody has changed the phone's settings: provisioning does. */
#define LOOK_US (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)

static gboolean
on_alarm (gpointer data)
{
  OhPhoneCare *self = data;

  self->alarm = 0;
  if (oh_phone_get_state (self->phone) == OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (self->phone, OH_PHONE_STATE_UNKNOWN, NULL);
  self->look (self->phone);
  return G_SOURCE_REMOVE;
}

/* A phone in any of these states is not helped by asking again without the user. */
static gboolean
waits_for_user (OhPhoneState state)
{
  return state == OH_PHONE_STATE_UNAUTHORIZED || state == OH_PHONE_STATE_UNTRUSTED;
}

static void
plan (OhPhoneCare *self)
{
  OhClock *clock = oh_phone_get_clock (self->phone);
  OhPhoneState state = oh_phone_get_state (self->phone);
  gint64 delay_us = LOOK_US;

  oh_clock_clear_alarm (clock, &self->alarm);
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
  self->alarm = oh_clock_add_alarm_in (clock, delay_us, on_alarm, self);
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

static void
on_certificate (OhSnomHttp *http, const char *fingerprint, guint verdict, OhPhone *phone)
{
  oh_phone_show_certificate (phone, oh_snom_http_get_certificate (http), fingerprint);
  if (verdict == OH_PHONE_VERDICT_FIRST || verdict == OH_PHONE_VERDICT_CHANGED)
    oh_phone_emit_certificate (phone, fingerprint, verdict == OH_PHONE_VERDICT_FIRST);
}

void
oh_phone_care_init (OhPhoneCare *self, OhPhone *phone, OhSnomHttp *http,
                    void (*look) (OhPhone *phone))
{
  *self = (OhPhoneCare){ .phone = phone, .http = http, .look = look };
  g_signal_connect_object (http, "certificate", G_CALLBACK (on_certificate), phone, 0);
}

void
oh_phone_care_clear (OhPhoneCare *self)
{
  if (self->alarm != 0)
    oh_clock_clear_alarm (oh_phone_get_clock (self->phone), &self->alarm);
}

void
oh_phone_care_note_error (OhPhoneCare *self, const GError *error)
{
  OhPhoneState present = oh_phone_get_state (self->phone);
  OhPhoneState state;

  if (!state_for_error (error, &state))
    return;
  if (present == OH_PHONE_STATE_LOCKED_OUT && state != present)
    oh_phone_move (self->phone, OH_PHONE_STATE_UNKNOWN, NULL);
  if (state == OH_PHONE_STATE_UNSUPPORTED)
    oh_phone_set_capabilities (self->phone, 0);
  oh_phone_move (self->phone, state, g_error_copy (error));
  plan (self);
}

void
oh_phone_care_note_ready (OhPhoneCare *self)
{
  OhPhoneState present = oh_phone_get_state (self->phone);

  if (present == OH_PHONE_STATE_UNAUTHORIZED || present == OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (self->phone, OH_PHONE_STATE_UNKNOWN, NULL);
  if (oh_phone_get_state (self->phone) != OH_PHONE_STATE_READY)
    oh_phone_move (self->phone, OH_PHONE_STATE_READY, NULL);
  self->n_retries = 0;
  plan (self);
}

void
oh_phone_care_start_over (OhPhoneCare *self)
{
  if (oh_phone_get_state (self->phone) != OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (self->phone, OH_PHONE_STATE_UNKNOWN, NULL);
}
