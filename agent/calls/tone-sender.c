/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tone-sender.h"

#include <string.h>

typedef enum
{
  WAITING, /* for the call to be connected */
  PAUSING, /* a "," */
  SENDING, /* a row is with the phone */
  DONE,
  N_STATES,
} State;

#define BIT(state) (1U << (state))

static const guint may_follow[N_STATES] = {
  [WAITING] = BIT (PAUSING) | BIT (SENDING) | BIT (DONE),
  [PAUSING] = BIT (SENDING) | BIT (DONE),
  [SENDING] = BIT (PAUSING) | BIT (SENDING) | BIT (DONE),
  [DONE] = 0,
};

struct _OhToneSender
{
  OhDialler *dialler; /* (unowned): outlives us until we are DONE */
  OhCall *call;       /* (owned) */
  OhClock *clock;     /* (owned) */
  char *tones;        /* (owned) */
  const char *rest;   /* what is still to be sent, within @tones */
  guint alarm;
  State state;
  OhToneSenderDone done;
  gpointer user_data;
};

static void advance (OhToneSender *self);

static void
set_state (OhToneSender *self, State to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  self->state = to;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (to == DONE)
    self->done (self, self->user_data); /* frees us */
}

static gboolean
on_pause_over (gpointer user_data)
{
  OhToneSender *self = user_data;

  self->alarm = 0;
  advance (self);
  return G_SOURCE_REMOVE;
}

static void
clear (gpointer data)
{
  OhToneSender *self = data;

  g_object_unref (self->call);
  g_object_unref (self->clock);
  g_free (self->tones);
}

/* The row's answer has a reference: it comes when it comes, whatever became of the call. */
static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhToneSender *self = user_data;
  g_autoptr (GError) error = NULL;
  OhPhoneOutcome outcome = oh_dialler_command_finish (OH_DIALLER (source), result, &error);

  if (self->state == SENDING && outcome == OH_PHONE_OUTCOME_FAILED)
    {
      g_message ("The tones behind a number were not sent: %s", error->message);
      set_state (self, DONE);
    }
  else if (self->state == SENDING)
    advance (self);
  g_rc_box_release_full (self, clear);
}

static void
send_row (OhToneSender *self)
{
  gsize len = strcspn (self->rest, ",");
  g_autofree char *row = g_strndup (self->rest, len);

  self->rest += len;
  set_state (self, SENDING);
  oh_dialler_command_async (self->dialler, OH_PHONE_DTMF, oh_call_get_id (self->call), row, NULL,
                            on_sent, g_rc_box_acquire (self));
}

static void
advance (OhToneSender *self)
{
  gsize pauses = strspn (self->rest, ",");

  if (oh_call_get_state (self->call) != OH_CALL_CONNECTED || self->rest[pauses] == '\0')
    set_state (self, DONE);
  else if (pauses > 0)
    {
      self->rest += pauses;
      set_state (self, PAUSING);
      self->alarm = oh_clock_add_alarm_in (self->clock, (gint64) pauses * OH_TONE_PAUSE_US,
                                           on_pause_over, self);
    }
  else
    send_row (self);
}

/* A row that is with the phone is waited for; its answer finds the call as it is then. */
static void
on_call_state (OhToneSender *self)
{
  OhCallState state = oh_call_get_state (self->call);

  if (self->state == WAITING && state == OH_CALL_CONNECTED)
    advance (self);
  else if (state == OH_CALL_ENDED || (state != OH_CALL_CONNECTED && self->state == PAUSING))
    set_state (self, DONE);
}

OhToneSender *
oh_tone_sender_new (OhDialler *dialler, OhCall *call, const char *tones, OhClock *clock,
                    OhToneSenderDone done, gpointer user_data)
{
  OhToneSender *self = g_rc_box_new0 (OhToneSender);

  self->dialler = dialler;
  self->call = g_object_ref (call);
  self->clock = g_object_ref (clock);
  self->tones = g_strdup (tones);
  self->rest = self->tones;
  self->done = done;
  self->user_data = user_data;
  g_signal_connect_swapped (call, "notify::state", G_CALLBACK (on_call_state), self);
  return self;
}

void
oh_tone_sender_free (OhToneSender *self)
{
  if (self == NULL)
    return;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_signal_handlers_disconnect_by_data (self->call, self);
  self->state = DONE; /* an answer that is still to come finds nothing to do */
  g_rc_box_release_full (self, clear);
}
