/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-wait.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

/* clang-format off */
static const struct
{
  gint64 limit_us;
  OhCallState becomes; /* OH_N_CALL_STATES: it goes */
} rules[OH_N_AWAITED] = {
  [OH_AWAIT_NOTHING]     = { 0, OH_N_CALL_STATES },
  [OH_AWAIT_ANSWER]      = { SECONDS (180), OH_CALL_UNKNOWN },
  [OH_AWAIT_END]         = { SECONDS (2), OH_CALL_UNKNOWN },
  [OH_AWAIT_END_SILENT]  = { SECONDS (2), OH_CALL_ENDED },
  [OH_AWAIT_CLOSE]       = { SECONDS (1), OH_CALL_ENDED },
  [OH_AWAIT_HOOK]        = { SECONDS (2), OH_CALL_ENDED },
  [OH_AWAIT_HOLD]        = { SECONDS (2), OH_CALL_HELD },
  [OH_AWAIT_RESUME]      = { SECONDS (2), OH_CALL_CONNECTED },
  [OH_AWAIT_NEWS]        = { SECONDS (60), OH_CALL_ENDED },
  [OH_AWAIT_NEWS_SILENT] = { SECONDS (4 * 3600), OH_CALL_ENDED },
  [OH_AWAIT_TALKED_OUT]  = { SECONDS (12 * 3600), OH_CALL_UNKNOWN },
  [OH_AWAIT_MISSED]      = { SECONDS (3), OH_N_CALL_STATES },
};
/* clang-format on */

void
oh_call_wait_init (OhCallWait *self, OhClock *clock, OhCallOverdueFunc overdue, gpointer user_data)
{
  *self = (OhCallWait){
    .clock = g_object_ref (clock),
    .overdue = overdue,
    .user_data = user_data,
  };
}

void
oh_call_wait_clear (OhCallWait *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->clock);
}

static gboolean
on_overdue (gpointer data)
{
  OhCallWait *self = data;
  OhCallAwaited awaited = self->awaited;

  self->alarm = 0;
  self->awaited = OH_AWAIT_NOTHING;
  self->overdue (rules[awaited].becomes, self->user_data);
  return G_SOURCE_REMOVE;
}

void
oh_call_wait_for (OhCallWait *self, OhCallAwaited awaited)
{
  g_return_if_fail (awaited < OH_N_AWAITED);
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->awaited = awaited;
  if (awaited != OH_AWAIT_NOTHING)
    self->alarm = oh_clock_add_alarm_in (self->clock, rules[awaited].limit_us, on_overdue, self);
}

void
oh_call_wait_for_next (OhCallWait *self, OhCall *call)
{
  gboolean watched = oh_phone_get_watched (oh_call_get_phone (call));

  switch (oh_call_get_state (call))
    {
    case OH_CALL_DIALING:
    case OH_CALL_RINGING:
    case OH_CALL_INCOMING: oh_call_wait_for (self, OH_AWAIT_ANSWER); break;
    case OH_CALL_UNKNOWN:
      oh_call_wait_for (self, watched ? OH_AWAIT_NEWS : OH_AWAIT_NEWS_SILENT);
      break;
    case OH_CALL_CONNECTED:
    case OH_CALL_HELD: oh_call_wait_for (self, OH_AWAIT_TALKED_OUT); break;
    case OH_CALL_ENDED:
    case OH_N_CALL_STATES:
    default: oh_call_wait_for (self, OH_AWAIT_NOTHING);
    }
}

void
oh_call_wait_for_effect (OhCallWait *self, OhPhoneVerb verb, gboolean watched)
{
  switch (verb)
    {
    case OH_PHONE_REJECT: oh_call_wait_for (self, OH_AWAIT_CLOSE); break;
    case OH_PHONE_HANG_UP:
    case OH_PHONE_HANG_UP_ALL:
    case OH_PHONE_TRANSFER:
    case OH_PHONE_TRANSFER_COMPLETE:
      oh_call_wait_for (self, watched ? OH_AWAIT_END : OH_AWAIT_END_SILENT);
      break;
    case OH_PHONE_HOLD:
    case OH_PHONE_SWAP: oh_call_wait_for (self, OH_AWAIT_HOLD); break;
    case OH_PHONE_RESUME: oh_call_wait_for (self, OH_AWAIT_RESUME); break;
    case OH_PHONE_DIAL:
    case OH_PHONE_ANSWER:
    case OH_PHONE_DTMF:
    case OH_PHONE_DND_ON:
    case OH_PHONE_DND_OFF:
    case OH_PHONE_JOIN:
    case OH_PHONE_MUTE_ON:
    case OH_PHONE_MUTE_OFF:
    case OH_PHONE_VOLUME_UP:
    case OH_PHONE_VOLUME_DOWN:
    case OH_PHONE_FORWARD_ALL:
    case OH_PHONE_FORWARD_BUSY:
    case OH_PHONE_FORWARD_NO_ANSWER:
    case OH_PHONE_FORWARD_OFF:
    case OH_PHONE_SELECT_IDENTITY:
    case OH_PHONE_LOCK:
    case OH_PHONE_UNLOCK:
    case OH_PHONE_REBOOT:
    case OH_N_PHONE_VERBS:
    default: break;
    }
}
