/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-intake.h"

#include "sip-framer.h"

/* What is kept ready for the next octets. */
#define KEPT ((gsize) 16384)
/* Beyond this the room that a message took is given back when it is through. */
#define KEPT_MAX (8 * KEPT)

static gboolean
on_limit (gpointer user_data)
{
  OhSipIntake *self = user_data;
  gint64 due_us = self->begun_us + OH_SIP_MESSAGE_LIMIT_US +
                  (gint64) (self->octets->len / OH_SIP_MESSAGE_OCTETS_PER_S) * G_USEC_PER_SEC;

  self->alarm = 0;
  if (oh_clock_now_us (self->clock) < due_us)
    self->alarm = oh_clock_add_alarm (self->clock, due_us, on_limit, self);
  else
    self->funcs->broken (TRUE, self->user_data);
  return G_SOURCE_REMOVE;
}

/* @fresh: what is left came just now, behind a whole message */
static void
watch (OhSipIntake *self, gboolean fresh)
{
  if (self->stopped)
    return;
  if (fresh || self->octets->len == 0)
    oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->octets->len == 0 || self->alarm != 0)
    return;
  self->begun_us = oh_clock_now_us (self->clock);
  self->alarm =
    oh_clock_add_alarm (self->clock, self->begun_us + OH_SIP_MESSAGE_LIMIT_US, on_limit, self);
}

/* Takes off the front; an array that was large once does not stay so. */
static void
consume (OhSipIntake *self, gsize used)
{
  gsize left = self->octets->len - used;

  if (used > KEPT_MAX && left <= KEPT)
    {
      GByteArray *small = g_byte_array_sized_new (KEPT);

      g_byte_array_append (small, self->octets->data + used, (guint) left);
      g_byte_array_unref (self->octets);
      self->octets = small;
    }
  else if (used > 0)
    g_byte_array_remove_range (self->octets, 0, (guint) used);
}

/* Returns: how many octets are through */
static gsize
cut (OhSipIntake *self)
{
  gsize used = 0;

  while (!self->stopped && self->octets->len - used >= self->wanted)
    {
      const char *data = (const char *) self->octets->data + used;
      gsize skip, size = 0;
      OhSipFrame found = oh_sip_frame (data, self->octets->len - used, &skip, &size);
      g_autoptr (GBytes) message = NULL;

      used += skip;
      self->wanted = found == OH_SIP_FRAME_MORE ? size : 0;
      if (found == OH_SIP_FRAME_MORE)
        break;
      if (found == OH_SIP_FRAME_BROKEN)
        {
          self->funcs->broken (FALSE, self->user_data);
          break;
        }
      message = g_bytes_new (data + skip, size);
      used += size;
      self->funcs->message (message, self->user_data);
    }
  return used;
}

void
oh_sip_intake_init (OhSipIntake *self, OhClock *clock, const OhSipIntakeFuncs *funcs,
                    gpointer user_data)
{
  *self = (OhSipIntake){
    .clock = clock, .funcs = funcs, .user_data = user_data, .octets = g_byte_array_new ()
  };
}

void
oh_sip_intake_feed (OhSipIntake *self, const guint8 *data, gsize size)
{
  gsize used;

  if (self->stopped)
    return;
  g_byte_array_append (self->octets, data, (guint) size);
  used = cut (self);
  consume (self, used);
  watch (self, used > 0);
}

void
oh_sip_intake_stop (OhSipIntake *self)
{
  self->stopped = TRUE;
  if (self->clock != NULL)
    oh_clock_clear_alarm (self->clock, &self->alarm);
}

void
oh_sip_intake_clear (OhSipIntake *self)
{
  oh_sip_intake_stop (self);
  g_clear_pointer (&self->octets, g_byte_array_unref);
}
